// The C library's name look-up, which blocks.
#pragma once

#include "net/network_policy.h"
#include "net/sockets/resolver.h"

namespace vmodem::net {

// kLoopback: the hosts file only, for the rest of the process's life; no query is sent. Call before
// any other look-up of the process.
[[nodiscard]] Lookup system_lookup(NetworkMode mode);

}  // namespace vmodem::net
