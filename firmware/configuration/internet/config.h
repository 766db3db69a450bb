// The simulated internet as a person describes it: servers and hosts by name, beside or in place of
// those that are shipped.
//
// In:  [servers] and [hosts].
// Out: the description of a simulated internet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/endpoint.h"
#include "net/sim/description/world.h"

namespace vmodem::app {

struct ServerEntry {
  std::string name;                     // [servers.NAME]
  std::vector<std::string> host_names;  // that lead to its address
  sim::ServerConfig config;             // port 0: none is given yet
};

struct HostEntry {
  std::string name;  // [hosts.NAME]
  sim::HostConfig config;
};

struct InternetConfig {
  bool shipped = true;  // with sim::ready_world()
  sim::CalendarTime calendar_start = sim::WorldConfig{}.calendar_start;
  Duration unknown_name_delay = sim::WorldConfig{}.unknown_name_delay;
  std::size_t datagrams_max = sim::WorldConfig{}.datagrams_max;
  // Those that the configuration adds. Each server has an endpoint of its own and each host
  // addresses of its own; a name leads to one place.
  std::vector<ServerEntry> servers;
  std::vector<HostEntry> hosts;

  // Everything that is there. What the configuration adds takes the place of what is shipped for
  // the same endpoint, address or name.
  [[nodiscard]] sim::WorldConfig world() const;
  // Makes the same later. This outlives it.
  [[nodiscard]] sim::WorldSource source() const;
};

// sim::ready_world() as it would be written in a configuration without it.
[[nodiscard]] InternetConfig shipped_internet();
// The entry of `internet` or, if it is not there and those are, of the shipped ones.
[[nodiscard]] std::optional<ServerEntry> find_server(const InternetConfig& internet,
                                                     std::string_view name);
[[nodiscard]] std::optional<HostEntry> find_host(const InternetConfig& internet,
                                                 std::string_view name);

// What keeps the entry from taking its place among the others of `internet`.
[[nodiscard]] std::optional<net::SyntaxError> conflict(const InternetConfig& internet,
                                                       const ServerEntry& server);
[[nodiscard]] std::optional<net::SyntaxError> conflict(const InternetConfig& internet,
                                                       const HostEntry& host);

// In place of the entry of the same name, or behind the others.
void put(InternetConfig& internet, ServerEntry server);
void put(InternetConfig& internet, HostEntry host);

}  // namespace vmodem::app
