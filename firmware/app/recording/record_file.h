// A record that is written while the module runs. It holds secrets, as the run does.
#pragma once

#include <string>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/log.h"
#include "firmware/app/recording/private_output.h"
#include "firmware/recording/recorder.h"

namespace vmodem::app {

// Reads nothing of the journal; it is one of its readers to be told when the loop has settled.
class RecordFile final : public JournalReader {
 public:
  // `log` outlives it. The error is one phrase.
  [[nodiscard]] static Expected<RecordFile, std::string> open(const std::string& path, Log& log);

  // Once, before anything happens.
  void begin(const recording::Header& header) { recorder_.begin(header); }
  [[nodiscard]] recording::Recorder& recorder() { return recorder_; }

  // What was recorded behind the first `size` octets has not happened. False for what is no file.
  [[nodiscard]] bool cut(std::size_t size);
  // Nothing of the run is missing in it.
  [[nodiscard]] bool is_whole() const { return !is_over_; }

  void handle(const journal::Entry&) override {}
  void flush() override;
  [[nodiscard]] bool is_waiting() const override { return output_.is_waiting(); }

 private:
  RecordFile(PrivateOutput output, Log& log) : output_(std::move(output)), log_(&log) {}

  PrivateOutput output_;
  Log* log_;
  bool is_over_ = false;  // something was lost: what comes behind a gap cannot be played
  recording::Recorder recorder_;
};

}  // namespace vmodem::app
