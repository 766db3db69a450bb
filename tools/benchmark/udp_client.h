// The least a CoAP client can do: a datagram out, a datagram in.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "net/unique_fd.h"

namespace vmodem::benchmark {

// A port of 127.0.0.1 that nobody uses just now.
[[nodiscard]] Expected<std::uint16_t, std::string> free_udp_port();

class UdpClient {
 public:
  // Connected to 127.0.0.1.
  [[nodiscard]] static Expected<UdpClient, std::string> open(std::uint16_t port);

  // The size of the answer; 0 where none came within 200 ms.
  [[nodiscard]] std::size_t exchange(ByteView datagram);

 private:
  explicit UdpClient(net::UniqueFd fd) : fd_(std::move(fd)) {}

  net::UniqueFd fd_;
};

}  // namespace vmodem::benchmark
