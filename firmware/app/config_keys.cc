#include "firmware/app/config_keys.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "firmware/model.h"

namespace vmodem::app {
namespace {

using coap::MessageLayerOptions;
using firmware::Dialect;
using firmware::Identity;

// Which part of the configuration holds the members of `Owner`.
template <class Owner, class AnyConfig>
auto& part(AnyConfig& config) {
  if constexpr (std::is_same_v<Owner, Identity>) return config.modem.identity;
  if constexpr (std::is_same_v<Owner, Dialect>) return config.modem.dialect;
  if constexpr (std::is_same_v<Owner, MessageLayerOptions>) return config.modem.dialect.messages;
  if constexpr (std::is_same_v<Owner, NetworkConfig>) return config.network;
  if constexpr (std::is_same_v<Owner, LogConfig>) return config.log;
  if constexpr (std::is_same_v<Owner, Config>) return config;
}

template <class Member>
struct MemberTraits;
template <class FieldType, class OwnerType>
struct MemberTraits<FieldType OwnerType::*> {
  using Field = FieldType;
  using Owner = OwnerType;
};

template <auto kMember, class AnyConfig>
auto& field(AnyConfig& config) {
  return part<typename MemberTraits<decltype(kMember)>::Owner>(config).*kMember;
}

template <auto kMember>
constexpr BooleanKey boolean() {
  return {[](const Config& config) { return field<kMember>(config); },
          [](Config& config, bool value) { field<kMember>(config) = value; }};
}

template <auto kMember>
constexpr IntegerKey integer(std::int64_t min, std::int64_t max) {
  using Field = typename MemberTraits<decltype(kMember)>::Field;
  return {
      min, max,
      [](const Config& config) -> std::optional<std::int64_t> { return field<kMember>(config); },
      [](Config& config, std::int64_t value) {
        field<kMember>(config) = static_cast<Field>(value);
      }};
}

template <auto kMember>
constexpr NumberKey number(double min, double max) {
  return {min, max, [](const Config& config) { return field<kMember>(config); },
          [](Config& config, double value) { field<kMember>(config) = value; }};
}

template <auto kMember>
constexpr WordKey word(std::span<const std::string_view> words) {
  using Field = typename MemberTraits<decltype(kMember)>::Field;
  return {words,
          [](const Config& config) { return static_cast<std::size_t>(field<kMember>(config)); },
          [](Config& config, std::size_t value) {
            field<kMember>(config) = static_cast<Field>(value);
          }};
}

template <auto kMember>
constexpr TextKey text(std::string (*allowed)(), bool (*accept)(std::string&)) {
  return {allowed, accept, [](const Config& config) { return field<kMember>(config); },
          [](Config& config, std::string value) { field<kMember>(config) = std::move(value); }};
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string allowed_models() {
  std::string names;
  for (const auto& model : firmware::models()) {
    names += fmt::format("{}{}", names.empty() ? "one of " : ", ", model.name);
  }
  return names;
}
bool accept_model(std::string& text) {
  const auto* model = firmware::find_model(text);
  if (model == nullptr) return false;
  text = model->name;
  return true;
}

// 3GPP TS 23.003 §6.2.1 and §2.2: 15 decimal digits each.
std::string allowed_fifteen_digits() {
  return "15 digits";
}
bool accept_fifteen_digits(std::string& text) {
  return text.size() == 15 && is_digits(text);
}

std::string allowed_iccid() {
  return "18 to 22 digits, the last may be F";
}
bool accept_iccid(std::string& text) {
  const bool is_padded = text.ends_with('F') || text.ends_with('f');
  if (text.size() < 18 || text.size() > 22) return false;
  if (!is_digits(std::string_view(text).substr(0, text.size() - (is_padded ? 1 : 0)))) return false;
  if (is_padded) text.back() = 'F';
  return true;
}

constexpr std::size_t kPrintableSizeMax = 64;
std::string allowed_printable() {
  return fmt::format("at most {} printable ASCII characters", kPrintableSizeMax);
}
bool accept_printable(std::string& text) {
  return text.size() <= kPrintableSizeMax &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string allowed_path() {
  return "a path";
}
bool accept_path(std::string& text) {
  return text.find('\0') == std::string::npos;
}

constexpr std::array<std::string_view, 3> kAutoAckWords{"responses", "all", "none"};
constexpr std::array<std::string_view, 2> kUnknownTokenWords{"reject", "deliver"};
constexpr std::array<std::string_view, 2> kNetworkModeWords{"loopback", "host"};
constexpr std::array<std::string_view, 6> kLogLevelWords{"trace",   "debug", "info",
                                                         "warning", "error", "off"};
constexpr auto kSeedMax = std::numeric_limits<std::int64_t>::max();  // TOML's largest integer

constexpr ConfigKey kConfigKeys[] = {
    {"link", text<&Config::link>(allowed_path, accept_path),
     "A stable symbolic link to the port; empty for none."},
    {"seed", integer<&Config::seed>(0, kSeedMax),
     "Repeats the chance of an earlier run; drawn anew and logged at info when absent."},

    {"identity.model", text<&Identity::model>(allowed_models, accept_model),
     "The module that is simulated, in letters of either case."},
    {"identity.revision", text<&Identity::revision>(allowed_printable, accept_printable),
     "The firmware revision of AT+GMR; empty for the model's own."},
    {"identity.sub_revision", text<&Identity::sub_revision>(allowed_printable, accept_printable),
     "What AT+QGMR prints behind the revision."},
    {"identity.imei", text<&Identity::imei>(allowed_fifteen_digits, accept_fifteen_digits),
     "The serial number of AT+GSN."},
    {"identity.imsi", text<&Identity::imsi>(allowed_fifteen_digits, accept_fifteen_digits),
     "The subscriber identity of AT+CIMI."},
    {"identity.iccid", text<&Identity::iccid>(allowed_iccid, accept_iccid),
     "The SIM card number of AT+QCCID."},

    {"dialect.auto_activate_pdp", boolean<&Dialect::auto_activate_pdp>(),
     "AT+QCOAPOPEN activates an inactive PDP context; false: it ends in -4."},
    {"dialect.presets_survive_close", boolean<&Dialect::presets_survive_close>(),
     "Header and option presets survive AT+QCOAPCLOSE."},
    {"dialect.token_text", boolean<&Dialect::token_text>(),
     "AT+QCOAPHEADER takes the token as raw characters, not as hex digits."},
    {"dialect.sticky_message_id", boolean<&Dialect::sticky_message_id>(),
     "Every message repeats the message ID of the header preset instead of counting on."},
    {"dialect.any_option_number", boolean<&Dialect::any_option_number>(),
     "AT+QCOAPOPTION takes every option number, unknown ones as opaque."},
    {"dialect.string_escapes", boolean<&Dialect::string_escapes>(),
     "Option strings read \\22 and \\5C as V.250 does."},
    {"dialect.split_uri", boolean<&Dialect::split_uri>(),
     "Uri-Path is split at / and Uri-Query at & into one option each."},
    {"dialect.ack_after_retransmission", boolean<&Dialect::ack_after_retransmission>(),
     "An acknowledged message that had a +QCOAPIND gets its +QCOAPACK too."},
    {"dialect.ind_at_send", boolean<&Dialect::ind_at_send>(),
     "+QCOAPIND comes at the moment of retransmission, not when its outcome is known."},
    {"dialect.ack_random_factor", number<&Dialect::ack_random_factor>(1.0, 3.0),
     "ACK_RANDOM_FACTOR of RFC 7252 §4.8."},
    {"dialect.quote_uint", boolean<&Dialect::quote_uint>(),
     "+QCOAPRECV quotes uint option values."},
    {"dialect.hold_urcs_while_typing", boolean<&Dialect::hold_urcs_while_typing>(),
     "URCs wait, at most 5 s, while a command line is half typed."},
    {"dialect.three_digit_registers", boolean<&Dialect::three_digit_registers>(),
     "ATS3? prints 013 as V.250 does, not 13."},
    {"dialect.nstart", integer<&MessageLayerOptions::nstart>(1, 8),
     "Confirmable messages in flight at once (RFC 7252 §4.7)."},
    {"dialect.queue_size_max", integer<&MessageLayerOptions::queue_size_max>(0, 64),
     "Confirmable messages that may wait for their turn; one more ends in -8."},
    {"dialect.auto_ack", word<&MessageLayerOptions::auto_ack>(kAutoAckWords),
     "Which confirmable messages from the server the module acknowledges by itself."},
    {"dialect.unknown_token", word<&MessageLayerOptions::unknown_token>(kUnknownTokenWords),
     "What becomes of a response that no request of the session asked for."},
    {"dialect.deliver_mismatched", boolean<&MessageLayerOptions::deliver_mismatched>(),
     "A piggybacked response with a foreign token is delivered, not dropped."},
    {"dialect.reject_critical", boolean<&MessageLayerOptions::reject_critical>(),
     "A response with an unknown critical option is rejected, not delivered."},

    {"network.mode", word<&NetworkConfig::mode>(kNetworkModeWords),
     "How far the module reaches where no route leads; loopback sends no DNS query."},

    {"log.level", word<&LogConfig::level>(kLogLevelWords), "The least severe message logged."},
    {"log.file", text<&LogConfig::file>(allowed_path, accept_path),
     "The file the log is appended to; empty for standard error."},
};
static_assert(std::ranges::none_of(kConfigKeys, [](const ConfigKey& key) {
  return std::ranges::count(kConfigKeys, key.name, &ConfigKey::name) != 1;
}));

}  // namespace

std::span<const ConfigKey> config_keys() {
  return kConfigKeys;
}

const ConfigKey* find_config_key(std::string_view name) {
  const auto* key = std::ranges::find(kConfigKeys, name, &ConfigKey::name);
  return key == std::end(kConfigKeys) ? nullptr : key;
}

}  // namespace vmodem::app
