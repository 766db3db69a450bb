// Where the tables of the simulated internet find the members of each struct.
#pragma once

#include <array>
#include <string_view>

#include "firmware/configuration/internet/config.h"
#include "firmware/configuration/schema/lists.h"

namespace vmodem::app {

inline constexpr std::array<std::string_view, 2> kTypeWords{"con", "non"};
inline constexpr auto kDelayMax = 24h;

template <class Owner>
struct OwnPlace {
  using Root = Owner;
  static auto& in(auto& owner) { return owner; }
};
template <>
struct PlaceOf<ServerEntry> : OwnPlace<ServerEntry> {};
template <>
struct PlaceOf<sim::ResourceConfig> : OwnPlace<sim::ResourceConfig> {};
template <>
struct PlaceOf<sim::AnswerConfig> : OwnPlace<sim::AnswerConfig> {};
template <>
struct PlaceOf<sim::InitiatedConfig> : OwnPlace<sim::InitiatedConfig> {};

template <>
struct PlaceOf<sim::HostConfig> {
  using Root = HostEntry;
  static auto& in(auto& entry) { return entry.config; }
};
template <>
struct PlaceOf<sim::ServerConfig> {
  using Root = ServerEntry;
  static auto& in(auto& entry) { return entry.config; }
};
// Whatever is said of its security makes a server a secured one.
template <>
struct PlaceOf<sim::SecurityConfig> {
  using Root = ServerEntry;
  static sim::SecurityConfig& in(ServerEntry& entry) {
    if (!entry.config.security) entry.config.security.emplace();
    return *entry.config.security;
  }
  static const sim::SecurityConfig& in(const ServerEntry& entry) {
    static const sim::SecurityConfig kNone{.suites = {}};
    return entry.config.security ? *entry.config.security : kNone;
  }
};

}  // namespace vmodem::app
