// What a host may do wrong, as data: judgement, documentation and tests are made from these rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vmodem::lint {

// In the order of rules().
enum class Rule : std::uint8_t {
  kCommandBeforeResult,
  kDataBeforePrompt,
  kGaveUpEarly,
  kErrorRepeated,
  kUndocumentedForm,
  kResetFirst,
  kSendBeforeOpen,
  kSessionNotClosed,
  kPskFileTrailingOctets,
  kPskFileLwm2mForm,
  kSlashInUriPath,
  kMessageIdReused,
  kPostRetried,
  kNonTooFast,
};
inline constexpr std::size_t kRuleCount = 14;

struct RuleInfo {
  std::string_view name;
  bool is_wrong;            // against the clause; else a risk
  std::string_view clause;  // where it is written
  std::string_view what;    // one sentence: when it is found, and what it means
  std::string_view cure;    // one phrase that can be obeyed
  std::string_view example;
};
[[nodiscard]] std::span<const RuleInfo, kRuleCount> rules();
[[nodiscard]] const RuleInfo& info_of(Rule rule);

}  // namespace vmodem::lint
