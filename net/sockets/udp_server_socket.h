// A UDP socket of a server: bound to an address, non-blocking, with any number of peers.
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

class UdpServerSocket {
 public:
  // Port 0: any that is free. An IPv6 socket takes no IPv4.
  [[nodiscard]] static Expected<UdpServerSocket, std::error_code> bind(const Endpoint& local);

  // With the port that it got.
  [[nodiscard]] const Endpoint& local() const { return local_; }
  // Readable while receive() may have something.
  [[nodiscard]] int fd() const { return fd_.get(); }

  // None: handed over to the network. What has no room now is lost, as a datagram may be.
  [[nodiscard]] std::error_code send(const Endpoint& peer, ByteView datagram);

  struct Received {
    std::size_t size;  // of what is now in the buffer; 0 is a datagram too
    Endpoint peer;
  };
  // Nothing where none waits.
  [[nodiscard]] Expected<std::optional<Received>, std::error_code> receive(
      std::span<std::uint8_t> buffer);

 private:
  UdpServerSocket(UniqueFd fd, const Endpoint& local) : fd_(std::move(fd)), local_(local) {}

  UniqueFd fd_;
  Endpoint local_;
};

}  // namespace vmodem::net
