#include "tools/transcript/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace vmodem::transcript {
namespace {

using firmware::Dialect;
using firmware::ModemConfig;

// True where the value is one that the key takes.
using Setter = bool (*)(ModemConfig& config, std::string_view value);

struct Key {
  std::string_view name;
  std::string_view allowed;
  Setter set;
};

constexpr std::string_view kTrueOrFalse = "true or false";

bool set_bool(bool& field, std::string_view value) {
  if (value != "true" && value != "false") return false;
  field = value == "true";
  return true;
}

template <bool Dialect::*kField>
bool set_switch(ModemConfig& config, std::string_view value) {
  return set_bool(config.dialect.*kField, value);
}

template <bool coap::MessageLayerOptions::*kField>
bool set_message_switch(ModemConfig& config, std::string_view value) {
  return set_bool(config.dialect.messages.*kField, value);
}

bool set_ack_random_factor(ModemConfig& config, std::string_view value) {
  const auto* last = value.data() + value.size();
  const auto [end, error] = std::from_chars(value.data(), last, config.dialect.ack_random_factor);
  return error == std::errc{} && end == last && config.dialect.ack_random_factor >= 1.0;
}

bool set_nstart(ModemConfig& config, std::string_view value) {
  auto& nstart = config.dialect.messages.nstart;
  const auto* last = value.data() + value.size();
  const auto [end, error] = std::from_chars(value.data(), last, nstart);
  return error == std::errc{} && end == last && nstart >= 1;
}

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

template <class Value, std::size_t kSize>
bool set_word(Value& field, std::string_view value, const std::array<Word<Value>, kSize>& words) {
  const auto word = std::ranges::find(words, value, &Word<Value>::name);
  if (word == words.end()) return false;
  field = word->value;
  return true;
}

bool set_auto_ack(ModemConfig& config, std::string_view value) {
  static constexpr std::array<Word<coap::AutoAck>, 3> kWords{{
      {"responses", coap::AutoAck::kResponses},
      {"all", coap::AutoAck::kAll},
      {"none", coap::AutoAck::kNone},
  }};
  return set_word(config.dialect.messages.auto_ack, value, kWords);
}

bool set_unknown_token(ModemConfig& config, std::string_view value) {
  static constexpr std::array<Word<coap::UnknownToken>, 2> kWords{{
      {"reject", coap::UnknownToken::kReject},
      {"deliver", coap::UnknownToken::kDeliver},
  }};
  return set_word(config.dialect.messages.unknown_token, value, kWords);
}

bool set_model(ModemConfig& config, std::string_view value) {
  config.identity.model = std::string(value);
  return !value.empty();
}

constexpr std::array<Key, 19> kKeys{{
    {"dialect.ack_after_retransmission", kTrueOrFalse,
     set_switch<&Dialect::ack_after_retransmission>},
    {"dialect.ack_random_factor", "a number from 1.0", set_ack_random_factor},
    {"dialect.any_option_number", kTrueOrFalse, set_switch<&Dialect::any_option_number>},
    {"dialect.auto_ack", "responses, all or none", set_auto_ack},
    {"dialect.auto_activate_pdp", kTrueOrFalse, set_switch<&Dialect::auto_activate_pdp>},
    {"dialect.deliver_mismatched", kTrueOrFalse,
     set_message_switch<&coap::MessageLayerOptions::deliver_mismatched>},
    {"dialect.hold_urcs_while_typing", kTrueOrFalse, set_switch<&Dialect::hold_urcs_while_typing>},
    {"dialect.ind_at_send", kTrueOrFalse, set_switch<&Dialect::ind_at_send>},
    {"dialect.nstart", "a whole number from 1", set_nstart},
    {"dialect.presets_survive_close", kTrueOrFalse, set_switch<&Dialect::presets_survive_close>},
    {"dialect.quote_uint", kTrueOrFalse, set_switch<&Dialect::quote_uint>},
    {"dialect.reject_critical", kTrueOrFalse,
     set_message_switch<&coap::MessageLayerOptions::reject_critical>},
    {"dialect.split_uri", kTrueOrFalse, set_switch<&Dialect::split_uri>},
    {"dialect.sticky_message_id", kTrueOrFalse, set_switch<&Dialect::sticky_message_id>},
    {"dialect.string_escapes", kTrueOrFalse, set_switch<&Dialect::string_escapes>},
    {"dialect.three_digit_registers", kTrueOrFalse, set_switch<&Dialect::three_digit_registers>},
    {"dialect.token_text", kTrueOrFalse, set_switch<&Dialect::token_text>},
    {"dialect.unknown_token", "reject or deliver", set_unknown_token},
    {"identity.model", "a model of the series", set_model},
}};

}  // namespace

Expected<void, Fault> apply_setting(ModemConfig& config, std::string_view key,
                                    std::string_view value) {
  const auto known = std::ranges::find(kKeys, key, &Key::name);
  if (known == kKeys.end()) {
    std::string names;
    for (const auto& one : kKeys) names += fmt::format("{}{}", names.empty() ? "" : " ", one.name);
    return unexpected(Fault{fmt::format("no key is called '{}'", key), names});
  }
  if (known->set(config, value)) return {};
  return unexpected(Fault{fmt::format("'{}' is no value of {}", value, key),
                          std::string(known->allowed)});
}

}  // namespace vmodem::transcript
