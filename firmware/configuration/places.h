// Where the tables of keys find the members of each struct in the whole configuration.
#pragma once

#include <type_traits>

#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/lists.h"

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
  if constexpr (std::is_same_v<Owner, firmware::PayloadDialect>) return config.modem.dialect.payload;
  if constexpr (std::is_same_v<Owner, at::PromptForm>) return config.modem.dialect.prompt;
  if constexpr (std::is_same_v<Owner, firmware::RecvDialect>) return config.modem.dialect.recv;
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
  if constexpr (std::is_same_v<Owner, ControlConfig>) return config.control;
  if constexpr (std::is_same_v<Owner, ServeConfig>) return config.serve;
  if constexpr (std::is_same_v<Owner, LogConfig>) return config.log;
  if constexpr (std::is_same_v<Owner, TimeConfig>) return config.time;
  if constexpr (std::is_same_v<Owner, Config>) return config;
}

template <class Owner>
struct PlaceOf {
  using Root = Config;
  static auto& in(auto& config) { return part<Owner>(config); }
};

}  // namespace vmodem::app
