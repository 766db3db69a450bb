#include "firmware/app/recording/record_file.h"

namespace vmodem::app {

Expected<RecordFile, std::string> RecordFile::open(const std::string& path, Log& log) {
  auto output = PrivateOutput::open("record", path);
  if (!output) return unexpected(std::move(output.error()));
  return RecordFile(std::move(*output), log);
}

bool RecordFile::cut(std::size_t size) {
  recorder_.forget();
  return output_.cut(size);
}

void RecordFile::flush() {
  const auto lines = recorder_.take_lines();
  if (!lines.empty() && !is_over_) {
    output_.write(as_bytes(lines), PrivateOutput::Need::kMustStay);
  }
  output_.flush();
  if (output_.take_lost_count() == 0) return;
  is_over_ = true;
  log_->write(LogLevel::kWarning, "the record ends here: there was no room for what came");
}

}  // namespace vmodem::app
