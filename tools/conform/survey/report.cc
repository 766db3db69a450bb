#include "tools/conform/survey/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "firmware/base/duration_text.h"
#include "firmware/configuration/keys.h"
#include "tools/conform/survey/probes.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kSection = "dialect.";

// What is left of a text that goes into a comment or a line.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    line += is_plain ? c : '?';
  }
  return line;
}

std::string seen_text(const Finding& finding) {
  const auto answer = finding.answer.empty() ? std::string("no answer") : finding.answer;
  switch (finding.kind) {
    case Finding::Kind::kFound:
      return fmt::format("{}: {}", finding.question, answer);
    case Finding::Kind::kUnexplained:
      return fmt::format("{}: {}; no value fits: {}", finding.question, answer, finding.note);
    case Finding::Kind::kUnanswered:
    case Finding::Kind::kNotObservable:
      break;
  }
  return fmt::format("{}: {}, {}", finding.question, name_of(finding.kind), finding.note);
}

std::string literal_of(std::string_view key, const Finding& finding) {
  app::Config config;
  if (finding.kind == Finding::Kind::kFound) {
    if (!app::set_config_text(config, std::string(key), finding.value)) return {};
  }
  return app::find_config_key(key)->literal(config);
}

std::vector<std::string> unexplained_lines(const SurveyResult& result) {
  std::vector<std::string> lines;
  for (const auto& [key, finding] : result.findings.switches) {
    if (finding.kind != Finding::Kind::kUnexplained) continue;
    lines.push_back(fmt::format("{}: {}", key, seen_text(finding)));
  }
  for (const auto& stray : result.strays) lines.push_back("a line of no command: " + stray);
  for (const auto& [name, failure] : result.differences) {
    lines.push_back(fmt::format("{}:{}: {}; expected: {}; actual: {}", name, failure.line,
                                failure.what, failure.expected, failure.actual));
  }
  return lines;
}

}  // namespace

std::string dialect_file(const SurveyResult& result) {
  std::string text = "# The dialect of a module, found by vmodem-conform survey.\n[dialect]\n";
  for (const auto& probe : probes()) {
    const auto* finding = result.findings.find(probe.key);
    const auto seen = finding == nullptr ? Finding{.note = "the device was lost before"} : *finding;
    const bool is_found = seen.kind == Finding::Kind::kFound;
    text += fmt::format("\n# {}\n{}{} = {}\n", one_line(seen_text(seen)), is_found ? "" : "# ",
                        probe.key.substr(kSection.size()), literal_of(probe.key, seen));
  }
  return text;
}

std::string survey_text(const SurveyResult& result) {
  std::string text;
  std::size_t found_count = 0;
  for (const auto& probe : probes()) {
    const auto* finding = result.findings.find(probe.key);
    if (finding == nullptr) continue;
    found_count += finding->kind == Finding::Kind::kFound ? 1 : 0;
    const auto value = finding->kind == Finding::Kind::kFound ? finding->value
                                                              : std::string(name_of(finding->kind));
    text += fmt::format("{:<36} {:<20} {}\n", probe.key, value, one_line(seen_text(*finding)));
  }
  text += "\ntimes\n";
  for (const auto& [name, time] : result.findings.times) {
    text += fmt::format("  {:<50} {:.3f} s\n", name, std::chrono::duration<double>(time).count());
  }
  const auto lines = unexplained_lines(result);
  text += lines.empty() ? "\nno answer that no switch explains\n" : "\nno switch explains\n";
  for (const auto& line : lines) text += "  " + one_line(line) + "\n";
  if (result.lost) text += fmt::format("\nthe device was lost: {}\n", *result.lost);
  return text +
         fmt::format("\n{} of {} switches found; {} of {} cases passed; {:.1f} s of questions\n",
                     found_count, probes().size(), result.cases_passed, result.cases_played,
                     std::chrono::duration<double>(result.took).count());
}

std::string survey_json(const SurveyResult& result) {
  auto switches = nlohmann::json::array();
  for (const auto& probe : probes()) {
    const auto* finding = result.findings.find(probe.key);
    if (finding == nullptr) continue;
    switches.push_back({{"key", probe.key},
                        {"kind", name_of(finding->kind)},
                        {"value", finding->value},
                        {"question", finding->question},
                        {"answer", finding->answer},
                        {"note", finding->note}});
  }
  auto times = nlohmann::json::object();
  for (const auto& [name, time] : result.findings.times) {
    times[name] = std::chrono::duration<double>(time).count();
  }
  auto differences = nlohmann::json::array();
  for (const auto& [name, failure] : result.differences) {
    differences.push_back({{"case", name},
                           {"line", failure.line},
                           {"what", failure.what},
                           {"expected", failure.expected},
                           {"actual", failure.actual}});
  }
  const nlohmann::json root{{"switches", switches},
                            {"times_s", times},
                            {"strays", result.strays},
                            {"differences", differences},
                            {"cases_played", result.cases_played},
                            {"cases_passed", result.cases_passed},
                            {"questions_s", std::chrono::duration<double>(result.took).count()},
                            {"lost", result.lost.value_or("")}};
  return root.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vmodem::conform
