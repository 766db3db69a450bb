#include <fmt/format.h>

#include <map>

#include "firmware/base/markup.h"
#include "tools/conform/output/run.h"

namespace vmodem::conform {
namespace {

constexpr std::size_t kFailuresMax = 20;

// "note/3.3.1_qcoapcfg" of "note/3.3.1_qcoapcfg/write".
std::string room_of(const Report& report) {
  const auto& name = report.name.empty() ? report.file : report.name;
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? "." : name.substr(0, slash);
}

std::string failures(const Run& run) {
  std::string text;
  std::size_t count = 0;
  for (const auto& report : run.reports) {
    const bool is_good = report.verdict == Verdict::kPassed || report.verdict == Verdict::kLeftOut;
    if (is_good || ++count > kFailuresMax) continue;
    // Code of Markdown that no line of a dialogue can end.
    text += fmt::format("\n~~~~~~text\n{}\n~~~~~~\n", to_text(report));
  }
  if (count > kFailuresMax) text += fmt::format("\n… and {} more\n", count - kFailuresMax);
  return text;
}

}  // namespace

std::string to_markdown(const Run& run) {
  auto text =
      fmt::format("### Conformance of {}\n\n{}\n\n", code_span(run.place), to_text(run.totals));
  text +=
      "| room | cases | passed | failed | left out | checks passed | of |\n"
      "|---|---:|---:|---:|---:|---:|---:|\n";
  std::map<std::string, Totals> rooms;
  for (const auto& report : run.reports) rooms[room_of(report)].add(report);
  for (const auto& [room, totals] : rooms) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", code_span(room), totals.cases,
                        totals.passed, totals.failed + totals.unusable + totals.unreached,
                        totals.left_out, totals.checks_passed, totals.checks);
  }
  return text + failures(run);
}

}  // namespace vmodem::conform
