// The file of a recording: whole lines, as soon as they are said, so that whatever ends the program
// leaves a transcript.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "firmware/app/recording/private_output.h"
#include "firmware/base/expected.h"
#include "tools/conform/record/redaction.h"

namespace vmodem::conform {

class RecordedFile {
 public:
  // Only its owner reads it; "-" is standard output. The error is one phrase.
  [[nodiscard]] static Expected<RecordedFile, std::string> open(const std::string& path,
                                                                std::string_view head,
                                                                bool is_redacted);

  // Never waits.
  void write(std::string_view lines);
  // Nothing is missing in it.
  [[nodiscard]] bool is_whole() const { return !is_over_ && !output_.is_waiting(); }

 private:
  RecordedFile(app::PrivateOutput output, std::unique_ptr<Redaction> redaction)
      : output_(std::move(output)), redaction_(std::move(redaction)) {}

  app::PrivateOutput output_;
  std::unique_ptr<Redaction> redaction_;  // null: octet for octet
  bool is_over_ = false;                  // what comes behind a gap cannot be played
};

}  // namespace vmodem::conform
