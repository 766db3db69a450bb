// Endpoints as the socket calls take them.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <system_error>

#include "firmware/base/expected.h"
#include "net/endpoint.h"
#include "net/listen_address.h"

namespace vmodem::net {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

[[nodiscard]] SocketAddress to_socket_address(const Endpoint& endpoint);
// unix(7); the path has room in it.
[[nodiscard]] SocketAddress to_socket_address(const UnixAddress& address);
// Of an internet socket's peer; the zone of a link-local address is dropped.
[[nodiscard]] Endpoint to_endpoint(const SocketAddress& address);
// That an internet socket is bound to.
[[nodiscard]] Expected<std::uint16_t, std::error_code> local_port_of(int fd);

}  // namespace vmodem::net
