#include "tools/conform/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::conform {
namespace {

constexpr std::size_t kDialogueLinesMax = 40;

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
  }
  BG_CHECK(false, "every verdict has its name");
  return {};
}

// In an included file where one is named.
std::string place_of(const std::string& file, const std::string& included, std::size_t line) {
  const auto& place = included.empty() ? file : included;
  return line == 0 ? place : fmt::format("{}:{}", place, line);
}

std::string failure_text(const Report& report) {
  const auto& failure = report.failure;
  auto text = fmt::format("failed    {}: {}", place_of(report.file, failure.file, failure.line), failure.what);
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

}  // namespace

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

std::string to_text(const Report& report) {
  switch (report.verdict) {
    case Verdict::kPassed:
      return "passed    " + report.file;
    case Verdict::kFailed:
      return failure_text(report);
    case Verdict::kLeftOut:
      return fmt::format("left out  {}: {}", report.file, report.reason);
    case Verdict::kUnusable:
      break;
  }
  return fmt::format("{}: {}; right: {}", place_of(report.file, report.error.file, report.error.line),
                     report.error.fault.what, report.error.fault.right);
}

std::string to_json(const Report& report) {
  nlohmann::json json{{"file", report.file}, {"verdict", name_of(report.verdict)}};
  switch (report.verdict) {
    case Verdict::kPassed:
      break;
    case Verdict::kFailed:
      json["line"] = report.failure.line;
      json["what"] = report.failure.what;
      json["expected"] = report.failure.expected;
      json["actual"] = report.failure.actual;
      json["dialogue"] = report.failure.dialogue;
      break;
    case Verdict::kLeftOut:
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
