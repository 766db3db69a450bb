// What reads a run's journal, and what of it, as the configuration says.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firmware/app/lint_summary.h"
#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/log.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/journal/journal.h"

namespace vmodem::app {

struct JournalReaders {
  std::vector<std::unique_ptr<JournalReader>> all;
  journal::Kinds wanted;
  LintSummary* lint = nullptr;  // among them; null: nobody judges the host

  // The error is one phrase: a file that cannot be written.
  [[nodiscard]] static Expected<JournalReaders, std::string> open(const Config& config, Log& log);

  void add(std::unique_ptr<JournalReader> reader, const journal::Kinds& kinds);
  // `control` reads too, where it is there.
  [[nodiscard]] std::vector<JournalReader*> pointers(JournalReader* control) const;
};

}  // namespace vmodem::app
