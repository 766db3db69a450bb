#include "tools/report/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/report/markup.h"

namespace vmodem::report {
namespace {

constexpr std::size_t kRunsMax = 20;
constexpr std::size_t kFindingsMax = 20;
constexpr std::size_t kFailuresMax = 5;
constexpr std::size_t kCausesMax = 12;

std::string finding_line(const Finding& finding) {
  auto line = fmt::format("- {}: {}", code_span(finding.rule), code_span(finding.text));
  if (!finding.cure.empty()) line += fmt::format(" Cure: {}", code_span(finding.cure));
  if (!finding.clause.empty()) line += fmt::format(" ({})", code_span(finding.clause));
  return line + (finding.entry == 0 ? "\n" : fmt::format(", entry {}\n", finding.entry));
}

std::string findings(const Run& run) {
  std::string text;
  for (std::size_t i = 0; i < std::min(run.findings.size(), kFindingsMax); ++i) {
    text += finding_line(run.findings[i]);
  }
  if (run.finding_count > kFindingsMax) {
    text +=
        fmt::format("- … and {}\n", count_text(run.finding_count - kFindingsMax, "more", "more"));
  }
  return text.empty() ? text : text + '\n';
}

std::string failure_lines(const Failure& failure) {
  auto text = fmt::format("- {} at {} s, entry {}\n", code_span(failure.what),
                          seconds_text(failure.at), failure.entry);
  const auto first = failure.why.size() - std::min(failure.why.size(), kCausesMax);
  if (first > 0 || failure.causes_left_out > 0) text += "    - …\n";
  for (std::size_t i = first; i < failure.why.size(); ++i) {
    text += fmt::format("    - {} s: {}\n", seconds_text(failure.why[i].at),
                        code_span(failure.why[i].text));
  }
  return text;
}

std::string failures(const Run& run) {
  if (run.failure_count == 0) return "Nothing failed.\n\n";
  const auto shown = std::min(run.failures.size(), kFailuresMax);
  auto text = fmt::format("The last {} of {} failures that the host was told of:\n\n", shown,
                          run.failure_count);
  for (std::size_t i = run.failures.size() - shown; i < run.failures.size(); ++i) {
    text += failure_lines(run.failures[i]);
  }
  return text + '\n';
}

std::string coverage_table(const coverage::Coverage& coverage) {
  std::string text = "### Coverage\n\n| what | met | of |\n|---|---:|---:|\n";
  for (const auto group : coverage::kGroups) {
    const auto& items = coverage::universe().items();
    const auto total = std::ranges::count(items, group, &coverage::Item::group);
    text += fmt::format("| {} | {} | {} |\n", title(group), coverage.count(group), total);
  }
  std::size_t met = 0;
  std::size_t total = 0;
  for (const auto& clause : coverage::universe().clauses()) {
    if (!is_of_note(clause)) continue;
    ++total;
    if (std::ranges::any_of(clause.items, [&](std::size_t item) { return coverage.has(item); }))
      ++met;
  }
  return text + fmt::format("| Clauses of the note | {} | {} |\n", met, total);
}

}  // namespace

std::string to_markdown(const Report& report) {
  std::string text = "## vmodem\n\n";
  for (std::size_t i = 0; i < std::min(report.runs.size(), kRunsMax); ++i) {
    const auto& run = report.runs[i];
    text += fmt::format("### {}\n\n{}, {}, {}, {}, {}.\n\n", code_span(run.name),
                        count_text(run.command_count, "command line", "command lines"),
                        count_text(run.failure_count, "failure", "failures"),
                        count_text(run.finding_count, "finding", "findings"),
                        count_text(run.retransmission_count, "retransmission", "retransmissions"),
                        count_text(run.fault_count, "fault", "faults"));
    text += findings(run) + failures(run);
  }
  if (report.runs.size() > kRunsMax) {
    text += fmt::format("… and {}.\n\n",
                        count_text(report.runs.size() - kRunsMax, "more run", "more runs"));
  }
  return text + coverage_table(report.coverage);
}

}  // namespace vmodem::report
