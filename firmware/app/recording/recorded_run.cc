#include "firmware/app/recording/recorded_run.h"

namespace vmodem::app {

Expected<RecordedRun, std::string> RecordedRun::open(
    const std::string& path, const std::optional<recording::Record>& record,
    const std::function<recording::Header()>& header, Log& log) {
  RecordedRun run;
  if (record) run.played_ = std::make_unique<recording::PlayedSessions>(record->sessions);
  if (path.empty()) return run;
  auto file = RecordFile::open(path, log);
  if (!file) return unexpected(std::move(file.error()));
  run.file_ = std::make_unique<RecordFile>(std::move(*file));
  run.file_->begin(header());
  run.recorded_ = std::make_unique<recording::RecordedSessions>(run.file_->recorder());
  return run;
}

dtls::SessionSource* RecordedRun::sessions() const {
  if (played_) return played_.get();
  return recorded_.get();
}

recording::Recorder* RecordedRun::recorder() const {
  return file_ ? &file_->recorder() : nullptr;
}

}  // namespace vmodem::app
