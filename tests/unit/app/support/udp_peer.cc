#include "tests/unit/app/support/udp_peer.h"

#include <netinet/in.h>
#include <poll.h>

#include "tests/support/catch.h"
#include "tests/unit/app/support/process.h"

namespace vmodem::test {

UdpPeer::UdpPeer(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
}

std::string UdpPeer::receive() {
  pollfd ready{fd_.get(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
  std::string datagram(65535, '\0');
  sender_size_ = sizeof sender_;
  const auto size = ::recvfrom(fd_.get(), datagram.data(), datagram.size(), 0,
                               reinterpret_cast<sockaddr*>(&sender_), &sender_size_);
  REQUIRE(size >= 0);
  datagram.resize(static_cast<std::size_t>(size));
  return datagram;
}

void UdpPeer::answer(std::string_view datagram) {
  REQUIRE(::sendto(fd_.get(), datagram.data(), datagram.size(), 0,
                   reinterpret_cast<const sockaddr*>(&sender_),
                   sender_size_) == static_cast<ssize_t>(datagram.size()));
}

}  // namespace vmodem::test
