// Endpoints as the socket calls take them.
#pragma once

#include <sys/socket.h>

#include "net/endpoint.h"

namespace vmodem::net {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

[[nodiscard]] SocketAddress to_socket_address(const Endpoint& endpoint);

}  // namespace vmodem::net
