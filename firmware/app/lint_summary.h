// What was found in a run, for the end of the program.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/lint/rules.h"

namespace vmodem::app {

class LintSummary final : public JournalReader {
 public:
  void handle(const journal::Entry& entry) override;
  void forget() override { found_ = {}; }
  void recall(const journal::Entry& entry) override { handle(entry); }

  [[nodiscard]] bool is_empty() const;
  // One line a rule of which something was found, or one that says that nothing was.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  struct Found {
    std::uint64_t count = 0;
    journal::Number first = 0;  // the entry that it concerns
    std::string text;           // of the first
  };

  std::array<Found, lint::kRuleCount> found_;  // in the order of the rules
};

// The run is over: all of `readers` hear what the host has left undone.
void end_lint(Instant now, journal::Journal& journal, const std::vector<JournalReader*>& readers);

}  // namespace vmodem::app
