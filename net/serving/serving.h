// Which simulated servers are to answer where.
#pragma once

#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "net/endpoint.h"
#include "net/sim/description/world.h"

namespace vmodem::net {

struct Serving {
  Endpoint server;  // in the simulated internet
  Endpoint at;      // on this machine; port 0: any that is free

  friend bool operator==(const Serving&, const Serving&) = default;
};

// All servers of a host, which is named as the modem's host would name it, by a name or an address:
// the one with the lowest port is to be at `at`, and each other one as many ports behind it as in
// the simulated internet. With port 0 each has any that is free.
[[nodiscard]] Expected<std::vector<Serving>, SyntaxError> serve_host(const sim::WorldConfig& world,
                                                                     std::string_view host,
                                                                     const Endpoint& at);

}  // namespace vmodem::net
