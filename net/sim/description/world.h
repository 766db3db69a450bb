// The simulated internet, as data.
//
// In:  what a tester writes of servers, resources, hosts.
// Out: values that the other rooms of the world read.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "net/sim/description/server.h"

namespace vmodem::sim {

// UTC. The type names the epoch only; nothing here reads a clock.
using CalendarTime = std::chrono::sys_time<std::chrono::milliseconds>;

enum class NameOutcome : std::uint8_t {
  kResolves,
  kNotFound,  // NXDOMAIN
  kSilence,   // the name server never answers
};

// A machine, whether or not servers run on it.
struct HostConfig {
  std::vector<std::string> names;  // compared without regard to case
  std::vector<net::IpAddress> addresses;
  NameOutcome outcome = NameOutcome::kResolves;
  Duration name_delay = 50ms;
  std::chrono::seconds name_ttl = 300s;
  bool answers_ping = true;
  Duration ping_delay = 60ms;
  std::uint8_t ping_ttl = 56;
  bool answers_time = false;  // NTP
  Duration time_delay = 80ms;
};

struct WorldConfig {
  // The instant zero of the module's time line.
  CalendarTime calendar_start = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
  Duration unknown_name_delay = 100ms;  // until a name without a host is "not found"
  std::vector<HostConfig> hosts;
  std::vector<ServerConfig> servers;  // each at an endpoint of its own
  std::size_t datagrams_max = 65536;  // waiting for poll_datagram(); more are dropped

  [[nodiscard]] bool acts_alone() const {
    return std::ranges::any_of(servers, &ServerConfig::acts_alone);
  }
};

// A world to be made when somebody leads into it: many a module never does, and is started often.
struct WorldSource {
  // At most once.
  std::function<WorldConfig()> make;
  bool acts_alone = false;  // of what is made: it has to be there from the start

  WorldSource() : WorldSource(WorldConfig{}) {}
  WorldSource(std::function<WorldConfig()> function, bool is_acting)
      : make(std::move(function)), acts_alone(is_acting) {}
  WorldSource(WorldConfig config) : acts_alone(config.acts_alone()) {
    make = [world = std::move(config)]() mutable { return std::move(world); };
  }
};

}  // namespace vmodem::sim
