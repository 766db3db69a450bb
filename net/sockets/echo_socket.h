// ICMP echo with one host (RFC 792, RFC 4443 §4.1), non-blocking: a datagram socket where the
// kernel gives it to everybody (net.ipv4.ping_group_range), a raw one where the process may have
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

#include "firmware/base/expected.h"
#include "net/endpoint.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {

struct EchoReply {
  int ttl;  // 0 where the kernel does not tell it
};

class EchoSocket {
 public:
  [[nodiscard]] static Expected<EchoSocket, std::error_code> open(const IpAddress& host);

  // Readable while receive() may have something.
  [[nodiscard]] int fd() const { return fd_.get(); }

  // One request with `size` octets of data. `mark` tells its answer from others'.
  [[nodiscard]] std::error_code send(std::uint32_t mark, std::size_t size);
  // The answer to the latest request; nothing where none waits, or what waited was another message.
  [[nodiscard]] Expected<std::optional<EchoReply>, std::error_code> receive();

 private:
  EchoSocket(UniqueFd fd, bool is_v4, bool is_raw)
      : fd_(std::move(fd)), is_v4_(is_v4), is_raw_(is_raw) {}

  UniqueFd fd_;
  bool is_v4_;
  bool is_raw_;
  std::uint32_t mark_ = 0;
};

}  // namespace vmodem::net
