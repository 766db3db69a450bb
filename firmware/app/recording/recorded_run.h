// Whether a run is recorded, or played from a record first: its file, and who makes its DTLS
// sessions.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "firmware/app/recording/record_file.h"
#include "firmware/recording/reader.h"
#include "firmware/recording/sessions.h"

namespace vmodem::app {

class RecordedRun {
 public:
  // `path` is empty where nothing is recorded; `header` is asked for else. The error is one phrase.
  [[nodiscard]] static Expected<RecordedRun, std::string> open(
      const std::string& path, const std::optional<recording::Record>& record,
      const std::function<recording::Header()>& header, Log& log);

  // Null: they are made as ever.
  [[nodiscard]] dtls::SessionSource* sessions() const;
  [[nodiscard]] recording::Recorder* recorder() const;
  [[nodiscard]] RecordFile* file() const { return file_.get(); }
  // The record has been played; what comes now is new.
  void end_playing() { played_->end(); }

 private:
  std::unique_ptr<RecordFile> file_;
  std::unique_ptr<recording::RecordedSessions> recorded_;
  std::unique_ptr<recording::PlayedSessions> played_;
};

}  // namespace vmodem::app
