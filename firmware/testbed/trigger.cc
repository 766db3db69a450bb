#include "firmware/testbed/trigger.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "at_engine/text.h"
#include "firmware/base/duration_text.h"

namespace vmodem::testbed {
namespace {

using net::SyntaxError;

constexpr std::string_view kForms =
    "a time as 12s, or command, urc, uplink, downlink, AT… or the beginning of a URC, each with "
    "#N, #* and +DELAY behind it as in AT+QCOAPSEND#2+5s";

struct Word {
  std::string_view name;
  OccurrenceKind kind;
};
constexpr Word kWords[] = {{"command", OccurrenceKind::kCommand},
                           {"urc", OccurrenceKind::kUrc},
                           {"uplink", OccurrenceKind::kUplink},
                           {"downlink", OccurrenceKind::kDownlink}};
static_assert(std::size(kWords) == kOccurrenceKindCount);

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool begins_with(std::string_view text, std::string_view prefix, bool ignores_case) {
  if (!ignores_case) return text.starts_with(prefix);
  return at::equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// Takes "+5s" off the end.
Duration take_delay(std::string_view& text) {
  const auto plus = text.rfind('+');
  if (plus == std::string_view::npos) return {};
  const auto delay = parse_duration(text.substr(plus + 1));
  if (delay) text = text.substr(0, plus);
  return delay.value_or(Duration::zero());
}

// What stands behind '#': "3" or "*".
bool read_count(std::string_view text, Upon& upon) {
  if (text == "*") {
    upon.ordinal = 0;
    return true;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), upon.ordinal);
  return error == std::errc{} && end == text.data() + text.size() && upon.ordinal > 0;
}

SyntaxError not_a_trigger(std::string_view text) {
  return {fmt::format("\"{}\" is no time and no event", text), std::string(kForms)};
}

}  // namespace

std::string_view name(OccurrenceKind kind) {
  return std::ranges::find(kWords, kind, &Word::kind)->name;
}

Expected<Trigger, SyntaxError> parse_trigger(std::string_view text) {
  if (const auto time = parse_duration(text)) return AtInstant{Instant{*time}};

  Upon upon;
  auto event = text;
  upon.delay = take_delay(event);
  const auto hash = event.rfind('#');
  const bool is_counted = hash != std::string_view::npos;
  const auto subject = event.substr(0, hash);
  const auto* word = std::ranges::find(kWords, subject, &Word::name);
  const bool is_right =
      !subject.empty() && (!is_counted || read_count(event.substr(hash + 1), upon));
  if (!is_right) return unexpected(not_a_trigger(text));
  if (at::equals_ignoring_case(subject, "A/")) {
    return unexpected(SyntaxError{fmt::format("\"{}\" counts as the line that it repeats", subject),
                                  "that line, as AT+CSQ#2"});
  }
  if (word != std::end(kWords)) {
    upon.kind = word->kind;
    return upon;
  }
  const bool is_command = begins_with(subject, "AT", true);
  // Every URC begins with a plus or a capital (quectel-at.md §11), so that a slip is told.
  const bool is_urc = subject.front() == '+' || is_capital(subject.front());
  if (!is_command && !is_urc) return unexpected(not_a_trigger(text));
  upon.prefix = subject;
  upon.kind = is_command ? OccurrenceKind::kCommand : OccurrenceKind::kUrc;
  return upon;
}

bool concerns(const Upon& upon, const Occurrence& occurrence) {
  if (upon.kind != occurrence.kind) return false;
  return begins_with(occurrence.text, upon.prefix, upon.kind == OccurrenceKind::kCommand);
}

}  // namespace vmodem::testbed
