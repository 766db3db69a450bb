#include "net/sockets/udp_socket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "net/sockets/socket_address.h"

namespace vmodem::net {
namespace {

std::error_code try_send(int fd, ByteView datagram) {
  ssize_t sent = 0;
  do {
    sent = ::send(fd, datagram.data(), datagram.size(), MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent < 0 ? last_error() : std::error_code{};
}

// The errors that Linux keeps for a connected UDP socket (udp(7), icmp_err_convert in
// net/ipv4/icmp.c).
bool is_icmp_error(const std::error_code& error) {
  constexpr int kIcmpErrors[] = {ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENOPROTOOPT,
                                 EHOSTDOWN,    ENONET,       EPROTO,      EOPNOTSUPP};
  return std::ranges::find(kIcmpErrors, error.value()) != std::end(kIcmpErrors);
}

}  // namespace

Expected<UdpSocket, std::error_code> UdpSocket::connect(const Endpoint& peer,
                                                         std::uint16_t local_port) {
  const auto address = to_socket_address(peer);
  UniqueFd fd(
      ::socket(address.storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP));
  if (!fd.is_open()) return unexpected(last_error());

  if (local_port != 0) {
    const auto unspecified = peer.address.is_v4() ? IpAddress::v4({}) : IpAddress{};
    const auto any = to_socket_address({unspecified, local_port});
    if (::bind(fd.get(), any.get(), any.size) != 0) return unexpected(last_error());
  }
  if (::connect(fd.get(), address.get(), address.size) != 0) return unexpected(last_error());

  return UdpSocket(std::move(fd));
}

Expected<std::uint16_t, std::error_code> UdpSocket::local_port() const {
  return local_port_of(fd_.get());
}

SendReport UdpSocket::send(ByteView datagram) {
  SendReport report{{}, try_send(fd_.get(), datagram)};
  if (!is_icmp_error(report.failure)) return report;

  report.pending = report.failure;
  report.failure = try_send(fd_.get(), datagram);
  return report;
}

Expected<std::optional<std::size_t>, std::error_code> UdpSocket::receive(
    std::span<std::uint8_t> buffer) {
  ssize_t size = 0;
  do {
    size = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
  } while (size < 0 && errno == EINTR);
  if (size >= 0) return static_cast<std::size_t>(size);
  if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;

  return unexpected(last_error());
}

}  // namespace vmodem::net
