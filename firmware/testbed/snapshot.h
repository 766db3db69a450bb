// What surrounds a module as it is at an instant, as plain values: for whoever shows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::testbed {

struct Counter {
  std::string_view part;  // link, servers or serial
  std::string_view what;  // a phrase
  std::uint64_t count;
};

// Of a client's transport that leads into the simulated internet.
struct TransportEnds {
  net::Endpoint local;
  net::Endpoint remote;
};

struct SurroundingsSnapshot {
  bool is_link_down;
  bool is_link_ideal;
  bool is_unreachable;  // no socket can be made
  bool is_serial_paced;
  std::size_t waiting_inputs;       // of Testbed::type()
  std::optional<Instant> deadline;  // the next of module and surroundings
  bool is_idle;                     // nothing happens unless the host or a tester brings it about
  std::vector<Counter> counters;    // that are not zero
};

}  // namespace vmodem::testbed
