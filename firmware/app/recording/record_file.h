// A record that is written while the module runs. It holds secrets, as the run does.
#pragma once

#include <string>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/recording/private_output.h"
#include "firmware/recording/recorder.h"

namespace vmodem::app {

// Reads nothing of the journal; it is one of its readers to be told when the loop has settled.
class RecordFile final : public JournalReader {
 public:
  // The error is one phrase.
  [[nodiscard]] static Expected<RecordFile, std::string> open(const std::string& path);

  // Once, before anything happens.
  void begin(const recording::Header& header) { recorder_.begin(header); }
  [[nodiscard]] recording::Recorder& recorder() { return recorder_; }

  void handle(const journal::Entry&) override {}
  void flush() override;
  [[nodiscard]] bool is_waiting() const override { return output_.is_waiting(); }

 private:
  explicit RecordFile(PrivateOutput output) : output_(std::move(output)) {}

  PrivateOutput output_;
  recording::Recorder recorder_;
};

}  // namespace vmodem::app
