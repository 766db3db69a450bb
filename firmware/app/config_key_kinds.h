// Rows of the key table, made from the members that they set.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "firmware/app/config_keys.h"
#include "firmware/app/config_texts.h"

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
constexpr IntegerKey integer(std::int64_t min, std::int64_t max,
                             std::optional<std::int64_t> also = std::nullopt) {
  using Field = typename MemberTraits<decltype(kMember)>::Field;
  return {
      min, max,
      [](const Config& config) -> std::optional<std::int64_t> { return field<kMember>(config); },
      [](Config& config, std::int64_t value) {
        field<kMember>(config) = static_cast<Field>(value);
      },
      also};
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
constexpr TextKey text(const TextRule& rule) {
  return {rule.allowed, rule.accept, [](const Config& config) { return field<kMember>(config); },
          [](Config& config, std::string value) { field<kMember>(config) = std::move(value); }};
}

template <auto kMember>
constexpr DurationKey duration(Duration min, Duration max) {
  return {min, max,
          [](const Config& config) -> std::optional<Duration> { return field<kMember>(config); },
          [](Config& config, std::optional<Duration> value) { field<kMember>(config) = *value; },
          {}};
}

template <auto kMember>
constexpr DurationKey duration_or(std::string_view absent, Duration min, Duration max) {
  return {min, max, [](const Config& config) { return field<kMember>(config); },
          [](Config& config, std::optional<Duration> value) { field<kMember>(config) = value; },
          absent};
}

}  // namespace vmodem::app
