#include "tools/report/junit.h"

#include <fmt/format.h>

#include <map>

#include "tools/report/markup.h"

namespace vmodem::report {
namespace {

// By rule, in the order of their letters.
std::map<std::string, std::vector<const Finding*>> by_rule(const Run& run) {
  std::map<std::string, std::vector<const Finding*>> rules;
  for (const auto& finding : run.findings) rules[finding.rule].push_back(&finding);
  return rules;
}

std::string output_of(const Run& run) {
  auto text =
      fmt::format("{}, {}, {}\n", count_text(run.command_count, "command line", "command lines"),
                  count_text(run.failure_count, "failure", "failures"),
                  count_text(run.fault_count, "fault", "faults"));
  for (const auto& failure : run.failures) {
    text += fmt::format("\n{} at {} s, entry {}\n", escaped(failure.what), seconds_text(failure.at),
                        failure.entry);
    for (const auto& cause : failure.why) {
      text += fmt::format("  {:>12} #{} {}\n", seconds_text(cause.at), cause.entry,
                          escaped(cause.text));
    }
  }
  return text;
}

std::string finding_text(const Finding& finding) {
  auto text = escaped(finding.text);
  if (finding.entry != 0) text += fmt::format(" (entry {})", finding.entry);
  if (!finding.cure.empty()) text += fmt::format("\ncure: {}", escaped(finding.cure));
  if (!finding.clause.empty()) text += fmt::format("\n{}", escaped(finding.clause));
  return text + '\n';
}

std::string suite(const Run& run) {
  const auto rules = by_rule(run);
  const auto name = escaped(run.name);
  const auto length = seconds_text(run.end < run.begin ? Duration::zero() : run.end - run.begin);
  auto xml = fmt::format(
      "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" "
      "time=\"{}\">\n",
      name, rules.size() + 1, rules.size(), length);
  xml += fmt::format(
      "<testcase classname=\"vmodem\" name=\"{}\" "
      "time=\"{}\"><system-out>{}</system-out></testcase>\n",
      name, length, output_of(run));
  for (const auto& [rule, findings] : rules) {
    xml += fmt::format(
        "<testcase classname=\"vmodem.lint\" name=\"{}\" time=\"0\"><failure type=\"{}\" "
        "message=\"{}\">",
        escaped(rule), severity(*findings.front()), escaped(findings.front()->text));
    for (const auto* finding : findings) xml += finding_text(*finding);
    xml += "</failure></testcase>\n";
  }
  return xml + "</testsuite>\n";
}

}  // namespace

std::string to_junit(const Report& report) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::string suites;
  for (const auto& run : report.runs) {
    const auto broken = by_rule(run).size();
    tests += broken + 1;
    failures += broken;
    suites += suite(run);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vmodem\" tests=\"{}\" "
      "failures=\"{}\">\n{}</testsuites>\n",
      tests, failures, suites);
}

}  // namespace vmodem::report
