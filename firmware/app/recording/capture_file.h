// A capture that is written while the module runs, for Wireshark to follow or to open afterwards.
#pragma once

#include <string>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/recording/private_output.h"
#include "firmware/journal/capture/capture_writer.h"

namespace vmodem::app {

class CaptureFile final : public JournalReader {
 public:
  // `start` is what the calendar shows at the module's instant zero. The error is one phrase.
  [[nodiscard]] static Expected<CaptureFile, std::string> open(const std::string& path,
                                                               CalendarTime start);

  void handle(const journal::Entry& entry) override { writer_.handle(entry); }
  void flush() override;
  // A reader has not taken all yet; flush() tries again.
  [[nodiscard]] bool is_waiting() const override { return output_.is_waiting(); }

 private:
  CaptureFile(PrivateOutput output, CalendarTime start)
      : output_(std::move(output)), writer_(start) {}

  void write_blocks();

  PrivateOutput output_;
  journal::CaptureWriter writer_;
};

}  // namespace vmodem::app
