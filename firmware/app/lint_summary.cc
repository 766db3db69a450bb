#include "firmware/app/lint_summary.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::app {

void LintSummary::handle(const journal::Entry& entry) {
  const auto* finding = std::get_if<journal::LintFinding>(&entry.event);
  if (finding == nullptr) return;
  const auto rules = lint::rules();
  const auto rule = std::ranges::find(rules, finding->rule, &lint::RuleInfo::name) - rules.begin();
  auto& found = found_[static_cast<std::size_t>(rule)];
  if (++found.count > 1) return;
  found.first = entry.because;
  found.text = finding->text;
}

void end_lint(Instant now, journal::Journal& journal, const std::vector<JournalReader*>& readers) {
  journal.end(now);
  while (const auto entry = journal.poll_entry()) {
    for (auto* reader : readers) reader->handle(*entry);
  }
  for (auto* reader : readers) reader->flush();
}

bool LintSummary::is_empty() const {
  return std::ranges::all_of(found_, [](const Found& found) { return found.count == 0; });
}

std::vector<std::string> LintSummary::lines() const {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const auto& [count, first, text] = found_[i];
    if (count == 0) continue;
    const auto& rule = lint::rules()[i];
    lines.push_back(fmt::format(
        "lint: {} {}, {} {}: #{}: {}; {} ({})", rule.is_wrong ? "wrong:" : "risky:", rule.name,
        count, count == 1 ? "time" : "times, first", first, text, rule.cure, rule.clause));
  }
  if (lines.empty()) lines.emplace_back("lint: nothing found");
  return lines;
}

}  // namespace vmodem::app
