// A UDP socket with one peer, non-blocking, on an ephemeral local port or a given one.
//
// In:  endpoints, datagrams, names.
// Out: octets and addresses from the real network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <system_error>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "net/endpoint.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {

// An IP datagram is at most 65535 octets long, headers included.
inline constexpr std::size_t kDatagramSizeMax = 65535;

struct SendReport {
  std::error_code
      pending;  // an ICMP error of an earlier datagram, which this send brought to light
  std::error_code failure;  // none: handed over to the network
};

class UdpSocket {
 public:
  [[nodiscard]] static Expected<UdpSocket, std::error_code> connect(const Endpoint& peer,
                                                                  std::uint16_t local_port = 0);

  [[nodiscard]] Expected<std::uint16_t, std::error_code> local_port() const;

  // Readable while receive() may have something.
  [[nodiscard]] int fd() const { return fd_.get(); }

  // A connected socket reports the ICMP error of an earlier datagram instead of sending; RFC 7252
  // §4.2 ignores such errors, so the datagram is then offered once more.
  [[nodiscard]] SendReport send(ByteView datagram);

  // The size of the datagram now in `buffer` (0 is a datagram too), or nothing where none waits, or
  // an ICMP error, which is for the log only: call again.
  [[nodiscard]] Expected<std::optional<std::size_t>, std::error_code> receive(
      std::span<std::uint8_t> buffer);

 private:
  explicit UdpSocket(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
};

}  // namespace vmodem::net
