#include "firmware/app/journal_readers.h"

#include <utility>

#include "firmware/app/loop/key_log.h"
#include "firmware/app/loop/readers.h"

namespace vmodem::app {

Expected<JournalReaders, std::string> JournalReaders::open(const Config& config, Log& log) {
  JournalReaders readers;
  readers.add(std::make_unique<LogReader>(log), LogReader::wanted(log));
  if (!config.key_log.empty()) {
    auto file = KeyLogFile::open(config.key_log);
    if (!file) return unexpected(std::move(file.error()));
    readers.add(std::make_unique<KeyLogReader>(std::move(*file)), KeyLogReader::wanted());
  }
  if (!config.journal.empty()) {
    auto file = JournalFile::open(config.journal, log);
    if (!file) return unexpected(std::move(file.error()));
    readers.add(std::make_unique<JournalFile>(std::move(*file)), journal::Journal::everything());
  }
  if (config.explains) {
    readers.add(std::make_unique<Explainer>(log), journal::Journal::everything());
  }
  if (config.lint != LintMode::kOff) {
    auto summary = std::make_unique<LintSummary>();
    readers.lint = summary.get();
    readers.add(std::move(summary), journal::Journal::everything());
  }
  if (config.control.is_open()) readers.wanted = journal::Journal::everything();
  return readers;
}

void JournalReaders::add(std::unique_ptr<JournalReader> reader, const journal::Kinds& kinds) {
  all.push_back(std::move(reader));
  wanted |= kinds;
}

std::vector<JournalReader*> JournalReaders::pointers(JournalReader* control) const {
  std::vector<JournalReader*> pointers;
  for (const auto& reader : all) pointers.push_back(reader.get());
  if (control != nullptr) pointers.push_back(control);
  return pointers;
}

}  // namespace vmodem::app
