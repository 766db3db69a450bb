#include "tools/benchmark/udp_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace vmodem::benchmark {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

Expected<std::uint16_t, std::string> free_udp_port() {
  const net::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return unexpected(std::string("no UDP port is free"));
  }
  return ntohs(address.sin_port);
}

Expected<UdpClient, std::string> UdpClient::open(std::uint16_t port) {
  net::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto address = loopback(port);
  const timeval patience{.tv_sec = 0, .tv_usec = 200'000};
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0) {
    return unexpected(std::string("no UDP socket"));
  }
  return UdpClient(std::move(fd));
}

std::size_t UdpClient::exchange(ByteView datagram) {
  std::uint8_t answer[2048];
  if (::send(fd_.get(), datagram.data(), datagram.size(), 0) < 0) return 0;
  const auto count = ::recv(fd_.get(), answer, sizeof answer, 0);
  return count < 0 ? 0 : static_cast<std::size_t>(count);
}

}  // namespace vmodem::benchmark
