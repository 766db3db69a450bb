// Rows of the key table, made from the members that they set.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "firmware/configuration/keys.h"
#include "firmware/configuration/texts/rules.h"

namespace vmodem::app {

// Which part of the configuration holds the members of `Owner`.
template <class Owner, class AnyConfig>
auto& part(AnyConfig& config) {
  if constexpr (std::is_same_v<Owner, firmware::Identity>) return config.modem.identity;
  if constexpr (std::is_same_v<Owner, firmware::PowerConfig>) return config.modem.power;
  if constexpr (std::is_same_v<Owner, firmware::PdpConfig>) return config.modem.pdp;
  if constexpr (std::is_same_v<Owner, firmware::SimConfig>) return config.modem.sim;
  if constexpr (std::is_same_v<Owner, firmware::RadioConfig>) return config.modem.network;
  if constexpr (std::is_same_v<Owner, firmware::Signal>) return config.modem.network.signal;
  if constexpr (std::is_same_v<Owner, firmware::Readings>) return config.modem.readings;
  if constexpr (std::is_same_v<Owner, firmware::Features>) return config.modem.features;
  if constexpr (std::is_same_v<Owner, firmware::Dialect>) return config.modem.dialect;
  if constexpr (std::is_same_v<Owner, coap::MessageLayerOptions>) {
    return config.modem.dialect.messages;
  }
  if constexpr (std::is_same_v<Owner, ClockTexts>) return config.clock;
  if constexpr (std::is_same_v<Owner, NetworkConfig>) return config.network;
  if constexpr (std::is_same_v<Owner, net::LinkConfig>) return config.cellular.link;
  if constexpr (std::is_same_v<Owner, InternetConfig>) return config.internet;
  if constexpr (std::is_same_v<Owner, ufs::Limits>) return config.modem.ufs;
  if constexpr (std::is_same_v<Owner, StateConfig>) return config.state;
  if constexpr (std::is_same_v<Owner, UfsConfig>) return config.ufs;
  if constexpr (std::is_same_v<Owner, LogConfig>) return config.log;
  if constexpr (std::is_same_v<Owner, TimeConfig>) return config.time;
  if constexpr (std::is_same_v<Owner, Config>) return config;
}

template <class Member>
struct MemberTraits;
template <class FieldType, class OwnerType>
struct MemberTraits<FieldType OwnerType::*> {
  using Field = FieldType;
  using Owner = OwnerType;
};

// Whose table has the rows for the members of `Owner`, and where it holds them.
template <class Owner>
struct PlaceOf {
  using Root = Config;
  static auto& in(auto& config) { return part<Owner>(config); }
};

template <auto kMember>
using OwnerOf = typename MemberTraits<decltype(kMember)>::Owner;

// The row of a member, or of a member of that member, and so on.
template <auto kFirst, auto... kThen>
struct Field {
  using Root = typename PlaceOf<OwnerOf<kFirst>>::Root;
  static auto& in(auto& root) { return ((PlaceOf<OwnerOf<kFirst>>::in(root).*kFirst).*....*kThen); }
  using Value = std::remove_reference_t<decltype(in(std::declval<Root&>()))>;
};

template <auto... kMembers>
constexpr auto boolean() {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return BooleanOf<Root>{[](const Root& root) -> bool { return Here::in(root); },
                         [](Root& root, bool value) { Here::in(root) = value; }};
}

template <auto... kMembers>
constexpr auto integer(std::int64_t min, std::int64_t max,
                       std::optional<std::int64_t> also = std::nullopt) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return IntegerOf<Root>{
      min, max, [](const Root& root) -> std::optional<std::int64_t> { return Here::in(root); },
      [](Root& root, std::int64_t value) {
        Here::in(root) = static_cast<typename Here::Value>(value);
      },
      also};
}

template <auto... kMembers>
constexpr auto number(double min, double max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return NumberOf<Root>{min, max, [](const Root& root) -> double { return Here::in(root); },
                        [](Root& root, double value) { Here::in(root) = value; }};
}

template <auto... kMembers>
constexpr auto word(std::span<const std::string_view> words) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return WordOf<Root>{words,
                      [](const Root& root) { return static_cast<std::size_t>(Here::in(root)); },
                      [](Root& root, std::size_t value) {
                        Here::in(root) = static_cast<typename Here::Value>(value);
                      }};
}

template <auto... kMembers>
constexpr auto text(const TextRule& rule) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return TextOf<Root>{rule.allowed, rule.accept,
                      [](const Root& root) -> std::string { return Here::in(root); },
                      [](Root& root, std::string value) { Here::in(root) = std::move(value); }};
}

template <auto... kMembers>
constexpr auto duration(Duration min, Duration max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return DurationOf<Root>{
      min,
      max,
      [](const Root& root) -> std::optional<Duration> { return Here::in(root); },
      [](Root& root, std::optional<Duration> value) { Here::in(root) = *value; },
      {}};
}

template <auto... kMembers>
constexpr auto duration_or(std::string_view absent, Duration min, Duration max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return DurationOf<Root>{
      min, max, [](const Root& root) -> std::optional<Duration> { return Here::in(root); },
      [](Root& root, std::optional<Duration> value) { Here::in(root) = value; }, absent};
}

}  // namespace vmodem::app
