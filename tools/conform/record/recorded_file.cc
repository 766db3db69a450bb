#include "tools/conform/record/recorded_file.h"

#include "firmware/commands/families.h"

namespace vmodem::conform {

Expected<RecordedFile, std::string> RecordedFile::open(const std::string& path,
                                                       std::string_view head, bool is_redacted) {
  auto output = app::PrivateOutput::open("transcript", path);
  if (!output) return unexpected(std::move(output.error()));
  RecordedFile file(
      std::move(*output),
      is_redacted ? std::make_unique<Redaction>(firmware::command_table({})) : nullptr);
  file.output_.write(as_bytes(head), app::PrivateOutput::Need::kMustStay);
  file.output_.flush();
  return file;
}

void RecordedFile::write(std::string_view lines) {
  if (is_over_) return;
  if (!lines.empty()) {
    const auto text = redaction_ ? redaction_->handle(lines) : std::string(lines);
    output_.write(as_bytes(text), app::PrivateOutput::Need::kMustStay);
  }
  output_.flush();
  is_over_ = output_.take_lost_count() > 0;
}

}  // namespace vmodem::conform
