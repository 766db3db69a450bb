#include "net/sockets/udp_server_socket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "net/sockets/socket_address.h"

namespace vmodem::net {

Expected<UdpServerSocket, std::error_code> UdpServerSocket::bind(const Endpoint& local) {
  const auto address = to_socket_address(local);
  UniqueFd fd(
      ::socket(address.storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP));
  if (!fd.is_open()) return unexpected(last_error());

  // An IPv4 peer would come as a mapped address, and its answer find no way back.
  const int on = 1;
  if (!local.address.is_v4() &&
      ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) {
    return unexpected(last_error());
  }
  if (::bind(fd.get(), address.get(), address.size) != 0) return unexpected(last_error());

  const auto port = local_port_of(fd.get());
  if (!port) return unexpected(port.error());
  return UdpServerSocket(std::move(fd), {local.address, *port});
}

std::error_code UdpServerSocket::send(const Endpoint& peer, ByteView datagram) {
  const auto address = to_socket_address(peer);
  ssize_t sent = 0;
  do {
    sent = ::sendto(fd_.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL, address.get(),
                    address.size);
  } while (sent < 0 && errno == EINTR);
  return sent < 0 ? last_error() : std::error_code{};
}

Expected<std::optional<UdpServerSocket::Received>, std::error_code> UdpServerSocket::receive(
    std::span<std::uint8_t> buffer) {
  SocketAddress from;
  ssize_t size = 0;
  do {
    from.size = sizeof from.storage;
    size = ::recvfrom(fd_.get(), buffer.data(), buffer.size(), 0,
                      reinterpret_cast<sockaddr*>(&from.storage), &from.size);
  } while (size < 0 && errno == EINTR);
  if (size >= 0) return Received{static_cast<std::size_t>(size), to_endpoint(from)};
  if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;

  return unexpected(last_error());
}

}  // namespace vmodem::net
