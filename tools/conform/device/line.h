// A line to a modem: its serial device, or a port of unix:PATH, tcp://HOST:PORT or
// rfc2217://HOST:PORT.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "net/rfc2217/telnet.h"
#include "net/sockets/unique_fd.h"
#include "tools/conform/device/backend.h"

namespace vmodem::conform {

// In bit/s, ascending.
[[nodiscard]] std::span<const unsigned> baud_rates();

class Line {
 public:
  // `baud` is one of baud_rates(), or nothing: the rate stays as it is.
  [[nodiscard]] static Expected<Line, BackendError> open(const std::string& place,
                                                         std::optional<unsigned> baud = {});

  // Readable when octets wait.
  [[nodiscard]] int fd() const { return fd_.get(); }
  // Appends what waits.
  [[nodiscard]] Done read(std::string& octets);
  // How many octets went out; 0: there is no room now.
  [[nodiscard]] Expected<std::size_t, BackendError> write(ByteView octets);

 private:
  Line(net::UniqueFd fd, bool is_rfc2217) : fd_(std::move(fd)), is_rfc2217_(is_rfc2217) {}
  [[nodiscard]] Done begin_rfc2217(std::optional<unsigned> baud);
  [[nodiscard]] Expected<std::size_t, BackendError> send(ByteView octets);

  net::UniqueFd fd_;
  bool is_rfc2217_;
  net::TelnetReader telnet_;
  std::size_t escape_sent_ = 0;  // of the octets of one that is under way
};

}  // namespace vmodem::conform
