// A capture that begins and ends while the module runs; at most one at a time. Of a DTLS session
// that was there before it, it has the plaintext alone: no reader of captures decrypts what it saw
// no handshake of.
#pragma once

#include <optional>
#include <string>

#include "firmware/app/recording/capture_file.h"
#include "firmware/control/capture_control.h"

namespace vmodem::app {

class SwitchedCapture final : public JournalReader, public control::CaptureControl {
 public:
  // `start` as that of CaptureFile.
  explicit SwitchedCapture(CalendarTime start) : start_(start) {}

  [[nodiscard]] Expected<void, std::string> begin(const std::string& file) override;
  [[nodiscard]] bool end() override;

  void handle(const journal::Entry& entry) override;
  void flush() override;
  [[nodiscard]] bool is_waiting() const override { return file_ && file_->is_waiting(); }

 private:
  CalendarTime start_;
  std::optional<CaptureFile> file_;
};

}  // namespace vmodem::app
