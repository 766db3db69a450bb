// One UDP datagram between two endpoints.
#pragma once

#include "firmware/base/bytes.h"
#include "net/endpoint.h"

namespace vmodem::net {

struct Datagram {
  Endpoint from;
  Endpoint to;
  Bytes octets;

  friend bool operator==(const Datagram&, const Datagram&) = default;
};

}  // namespace vmodem::net
