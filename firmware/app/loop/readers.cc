#include "firmware/app/loop/readers.h"

#include <algorithm>
#include <chrono>

#include "firmware/journal/json.h"

namespace vmodem::app {
namespace {

// Written at a time: what a slow reader loses is whole lines.
constexpr std::size_t kBatchMax = 32 * 1024;

LogLevel to_log_level(journal::Level level) {
  switch (level) {
    case journal::Level::kNone:
      return LogLevel::kTrace;
    case journal::Level::kDebug:
      return LogLevel::kDebug;
    case journal::Level::kInfo:
      return LogLevel::kInfo;
    case journal::Level::kWarning:
      return LogLevel::kWarning;
  }
  return LogLevel::kWarning;
}

bool is_failure(const journal::Event& event) {
  if (const auto* result = std::get_if<journal::ClientResult>(&event)) return result->result != 0;
  const auto* result = std::get_if<journal::LineResult>(&event);
  return result != nullptr && result->text.find("ERROR") != std::string::npos;
}

}  // namespace

journal::Kinds LogReader::wanted(const Log& log) {
  using journal::Journal;
  if (log.is_enabled(LogLevel::kDebug)) {
    return Journal::of_level(journal::Level::kDebug) | journal::Positions::wanted();
  }
  if (log.is_enabled(LogLevel::kInfo)) return Journal::of_level(journal::Level::kInfo);
  if (log.is_enabled(LogLevel::kWarning)) return Journal::of_level(journal::Level::kWarning);
  return {};
}

void LogReader::handle(const journal::Entry& entry) {
  if (log_.is_enabled(LogLevel::kDebug)) {
    const auto position = positions_.count(entry);
    if (!position.empty()) log_.write(LogLevel::kDebug, position);
  }
  const auto level = journal::level(entry.event);
  if (level == journal::Level::kNone || !log_.is_enabled(to_log_level(level))) return;
  log_.write(to_log_level(level), phrase(entry.event));
}

journal::Kinds KeyLogReader::wanted() {
  return journal::Kinds().set(journal::kind_index<journal::DtlsKeys>());
}

void KeyLogReader::handle(const journal::Entry& entry) {
  const auto* keys = std::get_if<journal::DtlsKeys>(&entry.event);
  if (keys != nullptr) file_.write(keys->line.text);
}

Expected<JournalFile, std::string> JournalFile::open(const std::string& path, Log& log) {
  auto output = LineOutput::to_file(path, LineOutput::Opening::kReplace, "journal");
  if (!output) return unexpected(std::move(output.error()));
  return JournalFile(std::move(*output), log);
}

void JournalFile::handle(const journal::Entry& entry) {
  append_json(waiting_, entry, std::chrono::system_clock::now());
  waiting_ += '\n';
  if (waiting_.size() >= kBatchMax) flush();
}

void JournalFile::flush() {
  if (!waiting_.empty() || output_.is_waiting()) output_.write(waiting_);
  waiting_.clear();
  if (const auto count = output_.take_lost_count(); count > 0) {
    log_->format(LogLevel::kWarning, "{} lines of the journal's file are lost: its reader is slow",
                 count);
  }
}

void Explainer::handle(const journal::Entry& entry) {
  ring_.push(entry);
  if (!is_failure(entry.event)) return;
  auto text = why_text(ring_, entry.number);
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    log_.format(LogLevel::kWarning, "why: {}", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace vmodem::app
