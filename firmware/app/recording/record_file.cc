#include "firmware/app/recording/record_file.h"

namespace vmodem::app {

Expected<RecordFile, std::string> RecordFile::open(const std::string& path) {
  auto output = PrivateOutput::open("record", path);
  if (!output) return unexpected(std::move(output.error()));
  return RecordFile(std::move(*output));
}

void RecordFile::flush() {
  const auto lines = recorder_.take_lines();
  if (!lines.empty()) output_.write(as_bytes(lines), PrivateOutput::Need::kMustStay);
  output_.flush();
}

}  // namespace vmodem::app
