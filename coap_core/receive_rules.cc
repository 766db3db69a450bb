#include "coap_core/receive_rules.h"

#include <array>

#include "coap_core/option_registry.h"

namespace vmodem::coap {
namespace {

enum class CodeKind : std::uint8_t { kEmpty, kRequest, kResponse, kReserved, kCount };

CodeKind kind_of(Code code) {
  if (is_empty(code)) return CodeKind::kEmpty;
  if (is_request(code)) return CodeKind::kRequest;
  return is_response(code) ? CodeKind::kResponse : CodeKind::kReserved;
}

constexpr ReceiveRule ignore(DropReason reason) {
  return {Handling::kIgnore, reason};
}
constexpr ReceiveRule reject(DropReason reason) {
  return {Handling::kReject, reason};
}
constexpr ReceiveRule accept(Handling handling) {
  return {handling, DropReason::kCount};
}

using KindRules = std::array<ReceiveRule, static_cast<std::size_t>(CodeKind::kCount)>;

// RFC 7252 table 1, and §4.2 and §4.3 for what is not in it. Columns: Empty, request, response,
// reserved class.
constexpr std::array<KindRules, 4> kRules{{
    // Confirmable
    {reject(DropReason::kPing), accept(Handling::kRequest), accept(Handling::kSeparateResponse),
     reject(DropReason::kReservedCode)},
    // Non-confirmable
    {ignore(DropReason::kEmptyNonConfirmable), accept(Handling::kRequest),
     accept(Handling::kSeparateResponse), ignore(DropReason::kReservedCode)},
    // Acknowledgement
    {accept(Handling::kAcknowledgement), ignore(DropReason::kInvalidAck),
     accept(Handling::kPiggybackedResponse), ignore(DropReason::kReservedCode)},
    // Reset
    {accept(Handling::kReset), ignore(DropReason::kFormatError), ignore(DropReason::kFormatError),
     ignore(DropReason::kFormatError)},
}};

enum class Standing : std::uint8_t { kRecognized, kUnrecognized, kBadLength };

// `previous` is the number of the option before, 0 (reserved) for the first.
Standing standing_of(Code code, const OptionView& option, std::uint16_t previous) {
  const OptionRule* rule = find_option_rule(option.number);
  if (rule == nullptr) return Standing::kUnrecognized;
  // RFC 7252 §5.4: an option that is not defined for the code is treated like an unrecognized one.
  if (is_response(code) && !rule->in_responses) return Standing::kUnrecognized;
  // RFC 7252 §5.4.5: a supernumerary occurrence counts as unrecognized.
  if (!rule->repeatable && option.number == previous) return Standing::kUnrecognized;

  const std::size_t size = option.value.size();
  return size < rule->size_min || size > rule->size_max ? Standing::kBadLength
                                                        : Standing::kRecognized;
}

}  // namespace

ReceiveRule receive_rule(Type type, Code code) {
  return kRules[static_cast<std::size_t>(type)][static_cast<std::size_t>(kind_of(code))];
}

ReceiveRule receive_rule(const DecodeError& error) {
  if (error.fault == DecodeFault::kTooShort) return ignore(DropReason::kTooShort);
  if (error.fault == DecodeFault::kUnknownVersion) return ignore(DropReason::kUnknownVersion);
  // RFC 7252 §4.2, §4.3: only a Confirmable message is ever answered by a Reset.
  return error.type == Type::kConfirmable ? reject(DropReason::kFormatError)
                                          : ignore(DropReason::kFormatError);
}

bool has_unknown_critical_option(const MessageView& message) {
  std::uint16_t previous = 0;
  for (const OptionView& option : message.options) {
    const Standing standing = standing_of(message.code, option, previous);
    if (is_critical(option.number) && standing != Standing::kRecognized) return true;
    previous = option.number;
  }
  return false;
}

bool is_notification(const MessageView& message) {
  if (code_class(message.code) != 2) return false;
  for (const OptionView& option : message.options) {
    if (option.number == kObserve) return true;
  }
  return false;
}

Deliverable make_deliverable(const MessageView& view) {
  Deliverable result{.message = {.type = view.type,
                                 .code = view.code,
                                 .message_id = view.message_id,
                                 .token = view.token,
                                 .payload = Bytes(view.payload.begin(), view.payload.end())}};
  std::uint16_t previous = 0;
  for (const OptionView& option : view.options) {
    const Standing standing = standing_of(view.code, option, previous);
    const bool is_elective = !is_critical(option.number);
    previous = option.number;
    if (is_elective && standing == Standing::kBadLength) {
      ++result.ignored_option_lengths;
      continue;
    }
    if (is_elective && standing == Standing::kUnrecognized) ++result.unknown_elective_options;
    result.message.options.push_back(
        {option.number, Bytes(option.value.begin(), option.value.end())});
  }
  return result;
}

}  // namespace vmodem::coap
