#include "firmware/coap/presets.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "coap_core/codec.h"
#include "coap_core/option_registry.h"
#include "coap_core/token_generator.h"
#include "firmware/base/check.h"
#include "firmware/base/hex.h"

namespace vmodem::firmware {
namespace {

constexpr std::uint16_t kObserve =
    6;  // the note §3.4 speaks of observation, its Table 3 forgets it
constexpr std::uint16_t kUriPath = 11;
constexpr std::uint16_t kUriQuery = 15;

constexpr coap::OptionRule kUnknownOption{0,    "",   coap::OptionFormat::kOpaque, 0, 65535,
                                          true, false};

const coap::OptionRule* find_allowed_rule(std::uint16_t number, const Dialect& dialect) {
  const auto* rule = coap::find_option_rule(number);
  if (rule != nullptr && (rule->in_note || number == kObserve)) return rule;
  if (!dialect.any_option_number) return nullptr;
  return rule != nullptr ? rule : &kUnknownOption;
}

// V.250 §5.4.2.2: a backslash and two hex digits stand for one octet.
std::optional<Bytes> unescape(std::string_view text) {
  Bytes octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      octets.push_back(static_cast<std::uint8_t>(text[i]));
      continue;
    }
    const auto octet = from_hex(text.substr(i + 1, 2));
    if (!octet || octet->size() != 1) return std::nullopt;
    octets.push_back(octet->front());
    i += 2;
  }
  return octets;
}

std::optional<Bytes> parse_uint(std::string_view text) {
  std::uint64_t value = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc{} || end != last) return std::nullopt;
  return coap::encode_uint(value);
}

std::optional<Bytes> parse_value(coap::OptionFormat format, const OptionText& value,
                                 const Dialect& dialect) {
  switch (format) {
    case coap::OptionFormat::kEmpty:
      return value.text.empty() ? std::optional(Bytes{}) : std::nullopt;
    case coap::OptionFormat::kOpaque:
      return from_hex(value.text);
    case coap::OptionFormat::kUint:
      return parse_uint(value.text);
    case coap::OptionFormat::kString:
      break;
  }
  return dialect.string_escapes ? unescape(value.text) : to_bytes(value.text);
}

void append_split(std::vector<coap::Option>& options, const coap::Option& option, char separator) {
  auto rest = as_text(option.value);
  // RFC 7252 §6.4: the slash in front of a path begins it and is no segment of its own.
  if (separator == '/' && rest.starts_with('/')) rest.remove_prefix(1);
  if (rest.empty() && !option.value.empty()) return;
  while (true) {
    const auto end = std::min(rest.find(separator), rest.size());
    options.push_back({option.number, to_bytes(rest.substr(0, end))});
    if (end == rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

HeaderPreset::HeaderPreset(RandomSource& random)
    : next_(static_cast<coap::MessageId>(random.next(RandomStream::kMessageId))) {
}

void HeaderPreset::set(coap::MessageId message_id, std::optional<coap::Token> token) {
  next_ = message_id;
  token_ = token;
}

void HeaderPreset::set_keeping_token(coap::MessageId message_id) {
  set(message_id, token_.value_or(coap::Token{}));
}

coap::MessageId HeaderPreset::take_message_id(bool sticky) {
  const auto taken = next_;
  if (!sticky) ++next_;
  return taken;
}

coap::Token HeaderPreset::token(coap::MessageId message_id, RandomSource& random) const {
  return token_ ? *token_ : coap::generate_token(message_id, random);
}

std::optional<coap::Token> parse_token(std::size_t length, std::string_view text,
                                       bool is_raw_text) {
  const auto octets = is_raw_text ? std::optional(to_bytes(text)) : from_hex(text);
  if (!octets || octets->size() != length || length > coap::Token::kSizeMax) return std::nullopt;
  return coap::Token(*octets);
}

bool OptionSlots::clear(std::size_t index) {
  const bool was_set = slots_[index].has_value();
  slots_[index].reset();
  return was_set;
}

std::vector<coap::Option> OptionSlots::select(unsigned mask, bool split_uri) const {
  std::vector<coap::Option> options;
  for (std::size_t i = 0; i < kCount; ++i) {
    if ((mask & (1U << i)) == 0 || !slots_[i]) continue;
    if (split_uri && slots_[i]->number == kUriPath) {
      append_split(options, *slots_[i], '/');
    } else if (split_uri && slots_[i]->number == kUriQuery) {
      append_split(options, *slots_[i], '&');
    } else {
      options.push_back(*slots_[i]);
    }
  }
  return options;
}

std::optional<coap::Option> parse_option(std::uint16_t number, const OptionText& value,
                                         const Dialect& dialect) {
  const auto* rule = find_allowed_rule(number, dialect);
  if (rule == nullptr) return std::nullopt;
  // Only an option of the empty format may come without a value (qcoap.md §6).
  if (!value.is_present && rule->format != coap::OptionFormat::kEmpty) return std::nullopt;

  auto octets = parse_value(rule->format, value, dialect);
  if (!octets || octets->size() < rule->size_min || octets->size() > rule->size_max) {
    return std::nullopt;
  }
  return coap::Option{number, std::move(*octets)};
}

}  // namespace vmodem::firmware
