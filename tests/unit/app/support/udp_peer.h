// A UDP server on loopback that a test plays by hand.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "net/sockets/unique_fd.h"

namespace vmodem::test {

class UdpPeer {
 public:
  // Bound to 127.0.0.1; port 0 takes a free one.
  explicit UdpPeer(std::uint16_t port = 0);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Fails the test at the deadline.
  std::string receive();
  // To whoever was received from last.
  void answer(std::string_view datagram);

 private:
  net::UniqueFd fd_;
  std::uint16_t port_;
  sockaddr_storage sender_{};
  socklen_t sender_size_ = 0;
};

}  // namespace vmodem::test
