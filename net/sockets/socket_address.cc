#include "net/sockets/socket_address.h"

#include <netinet/in.h>
#include <sys/un.h>

#include <array>
#include <cstring>

#include "firmware/base/check.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {

SocketAddress to_socket_address(const UnixAddress& address) {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  BG_CHECK(address.path.size() < sizeof local.sun_path, "a parsed path has room");
  std::memcpy(local.sun_path, address.path.data(), address.path.size());
  SocketAddress result;
  std::memcpy(&result.storage, &local, sizeof local);
  result.size = sizeof local;
  return result;
}

SocketAddress to_socket_address(const Endpoint& endpoint) {
  const auto& octets = endpoint.address.octets();
  SocketAddress result;
  if (endpoint.address.is_v4()) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, octets.data() + octets.size() - sizeof v4.sin_addr,
                sizeof v4.sin_addr);
    std::memcpy(&result.storage, &v4, sizeof v4);
    result.size = sizeof v4;
    return result;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(endpoint.port);
  std::memcpy(&v6.sin6_addr, octets.data(), octets.size());
  std::memcpy(&result.storage, &v6, sizeof v6);
  result.size = sizeof v6;
  return result;
}

Endpoint to_endpoint(const SocketAddress& address) {
  if (address.storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address.storage, sizeof v4);
    std::array<std::uint8_t, 4> octets{};
    std::memcpy(octets.data(), &v4.sin_addr, octets.size());
    return {IpAddress::v4(octets), ntohs(v4.sin_port)};
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address.storage, sizeof v6);
  IpAddress::Octets octets{};
  std::memcpy(octets.data(), &v6.sin6_addr, octets.size());
  return {IpAddress(octets), ntohs(v6.sin6_port)};
}

Expected<std::uint16_t, std::error_code> local_port_of(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) {
    return unexpected(last_error());
  }
  // The port of an IPv6 address lies at the same place.
  sockaddr_in v4{};
  std::memcpy(&v4, &storage, sizeof v4);
  return ntohs(v4.sin_port);
}

}  // namespace vmodem::net
