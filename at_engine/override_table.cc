#include "at_engine/override_table.h"

#include <algorithm>

#include "at_engine/text.h"
#include "firmware/base/number.h"

namespace vmodem::at {
namespace {

constexpr std::string_view kPrefix = "AT";

// What stands behind the AT, in a pattern with or without it.
std::string_view behind_prefix(std::string_view pattern) {
  const bool has_prefix = equals_ignoring_case(pattern.substr(0, kPrefix.size()), kPrefix);
  return has_prefix ? pattern.substr(kPrefix.size()) : pattern;
}

bool matches(std::string_view pattern, std::string_view command) {
  pattern = behind_prefix(pattern);
  if (!pattern.ends_with('*')) return equals_ignoring_case(pattern, command);
  pattern.remove_suffix(1);
  return equals_ignoring_case(pattern, command.substr(0, pattern.size()));
}

// Of a number that 27.007 does not have, as vendors' own.
constexpr std::string_view kUnknownError = "unknown";
constexpr std::string_view kCmePrefix = "+CME ERROR: ";

constexpr FinalResult kWritable[] = {FinalResult::kOk,        FinalResult::kError,
                                     FinalResult::kNoCarrier, FinalResult::kNoDialtone,
                                     FinalResult::kBusy,      FinalResult::kNoAnswer};

std::optional<CmeError> parse_cme_error(std::string_view text) {
  const auto* named = std::ranges::find(cme::kTable, text, &CmeError::text);
  if (named != std::end(cme::kTable)) return *named;
  const auto number = parse_number<int>(text);
  if (!number || *number < 0) return std::nullopt;
  const auto* known = std::ranges::find(cme::kTable, *number, &CmeError::number);
  return known != std::end(cme::kTable) ? *known : CmeError{*number, kUnknownError};
}

}  // namespace

std::optional<ResultOfText> parse_result(std::string_view text) {
  if (text.starts_with(kCmePrefix)) {
    const auto error = parse_cme_error(text.substr(kCmePrefix.size()));
    if (!error) return std::nullopt;
    return ResultOfText{FinalResult::kError, *error};
  }
  const auto* found =
      std::ranges::find(kWritable, text, [](FinalResult one) { return result_text(one).text; });
  if (found == std::end(kWritable)) return std::nullopt;
  return ResultOfText{*found, std::nullopt};
}

bool OverrideTable::add(CommandOverride one) {
  if (overrides_.size() >= kCountMax) return false;
  overrides_.push_back(std::move(one));
  return true;
}

bool OverrideTable::remove(std::uint64_t id) {
  return std::erase_if(overrides_, [id](const CommandOverride& one) { return one.id == id; }) > 0;
}

std::optional<Response> OverrideTable::take(std::string_view command) {
  const auto found =
      std::find_if(overrides_.rbegin(), overrides_.rend(),
                   [command](const CommandOverride& one) { return matches(one.pattern, command); });
  if (found == overrides_.rend()) return std::nullopt;
  Response response{
      .lines = found->lines, .result = found->result.result, .error = found->result.error};
  if (found->times_left && --*found->times_left == 0) overrides_.erase(std::next(found).base());
  return response;
}

}  // namespace vmodem::at
