// One UDP datagram between two endpoints.
#pragma once

#include "firmware/base/bytes.h"
#include "net/endpoint.h"

namespace vmodem::net {

struct Datagram {
  Endpoint from;
  Endpoint to;
  Bytes octets;
  std::uint64_t mark = 0;  // whoever sends it knows by that what becomes of it

  friend bool operator==(const Datagram&, const Datagram&) = default;
};

}  // namespace vmodem::net
