#include "tools/conform/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace vmodem::conform {
namespace {

constexpr std::size_t kDialogueLinesMax = 40;

// In an included file where one is named.
std::string place_in(const std::string& file, const std::string& included, std::size_t line) {
  const auto& place = included.empty() ? file : included;
  return line == 0 ? place : fmt::format("{}:{}", place, line);
}

std::string failure_text(const Report& report) {
  const auto& failure = report.failure;
  auto text = fmt::format("failed    {}: {}", place_of(report), failure.what);
  if (!failure.expected.empty()) text += "\n  expected  " + failure.expected;
  if (!failure.actual.empty()) text += "\n  actual    " + failure.actual;
  if (failure.dialogue.empty()) return text;

  text += "\n  until then";
  const auto shown = std::min(failure.dialogue.size(), kDialogueLinesMax);
  if (shown < failure.dialogue.size()) {
    text += fmt::format(" (the last {} lines of {})", shown, failure.dialogue.size());
  }
  for (auto i = failure.dialogue.size() - shown; i < failure.dialogue.size(); ++i) {
    text += "\n  " + failure.dialogue[i];
  }
  return text;
}

const std::string& shown_name(const Report& report) {
  return report.name.empty() ? report.file : report.name;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kLeftOut:
      return "left out";
    case Verdict::kUnusable:
      return "unusable";
    case Verdict::kUnreached:
      break;
  }
  return "not reached";
}

std::string place_of(const Report& report) {
  const bool is_unusable = report.verdict == Verdict::kUnusable;
  const auto& included = is_unusable ? report.error.file : report.failure.file;
  return place_in(report.file, included, is_unusable ? report.error.line : report.failure.line);
}

Report passed(std::string file) {
  return {.file = std::move(file), .verdict = Verdict::kPassed};
}

Report failed(std::string file, Failure failure) {
  return {.file = std::move(file), .verdict = Verdict::kFailed, .failure = std::move(failure)};
}

Report left_out(std::string file, std::string reason) {
  return {.file = std::move(file), .verdict = Verdict::kLeftOut, .reason = std::move(reason)};
}

Report unusable(std::string file, ScriptError error) {
  return {.file = std::move(file), .verdict = Verdict::kUnusable, .error = std::move(error)};
}

Report unreached(std::string file, std::string reason) {
  return {.file = std::move(file), .verdict = Verdict::kUnreached, .reason = std::move(reason)};
}

Verdict verdict_of(const Report& report, std::size_t check) {
  if (report.verdict != Verdict::kFailed) return report.verdict;
  if (check == report.failure.check) return Verdict::kFailed;
  return check < report.failure.check ? Verdict::kPassed : Verdict::kLeftOut;
}

void Totals::add(const Report& report) {
  ++cases;
  passed += report.verdict == Verdict::kPassed;
  failed += report.verdict == Verdict::kFailed;
  left_out += report.verdict == Verdict::kLeftOut;
  unusable += report.verdict == Verdict::kUnusable;
  unreached += report.verdict == Verdict::kUnreached;
  checks += report.checks.size();
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    checks_passed += verdict_of(report, i) == Verdict::kPassed;
  }
}

std::string to_text(const Totals& totals) {
  auto text = fmt::format("{} cases: {} passed", totals.cases, totals.passed);
  const auto append = [&](std::size_t count, std::string_view what) {
    if (count > 0) text += fmt::format(", {} {}", count, what);
  };
  append(totals.failed, "failed");
  append(totals.left_out, "left out");
  append(totals.unusable, "unusable");
  append(totals.unreached, "not reached");
  return text + fmt::format("; {} of {} checks passed", totals.checks_passed, totals.checks);
}

std::string to_text(const Report& report) {
  switch (report.verdict) {
    case Verdict::kPassed:
      return "passed    " + shown_name(report);
    case Verdict::kFailed:
      return failure_text(report);
    case Verdict::kLeftOut:
      return fmt::format("left out  {}: {}", shown_name(report), report.reason);
    case Verdict::kUnreached:
      return fmt::format("not reached  {}: {}", shown_name(report), report.reason);
    case Verdict::kUnusable:
      break;
  }
  return fmt::format("{}: {}; right: {}", place_of(report), report.error.fault.what,
                     report.error.fault.right);
}

std::string to_json(const Report& report) {
  nlohmann::json json{{"file", report.file}, {"verdict", name_of(report.verdict)}};
  if (!report.name.empty()) json["name"] = report.name;
  if (!report.checks.empty()) json["checks"] = report.checks.size();
  switch (report.verdict) {
    case Verdict::kPassed:
      break;
    case Verdict::kFailed:
      json["line"] = report.failure.line;
      if (report.failure.check < report.checks.size()) {
        json["check"] = report.checks[report.failure.check].title;
      }
      json["what"] = report.failure.what;
      json["expected"] = report.failure.expected;
      json["actual"] = report.failure.actual;
      json["dialogue"] = report.failure.dialogue;
      break;
    case Verdict::kLeftOut:
    case Verdict::kUnreached:
      json["reason"] = report.reason;
      break;
    case Verdict::kUnusable:
      json["line"] = report.error.line;
      json["what"] = report.error.fault.what;
      json["right"] = report.error.fault.right;
      break;
  }
  // A script may hold octets that are no UTF-8.
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vmodem::conform
