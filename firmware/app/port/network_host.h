// A host at a port beside the PTY: one connection, which carries octets alone, or circuits too by
// RFC 2217.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "firmware/app/loop/modem_port.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "net/rfc2217/com_port.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

class NetworkHost {
 public:
  // The errors of all calls are one phrase: the host is gone.
  using Count = Expected<std::size_t, std::string>;

  NetworkHost(net::UniqueFd fd, bool is_rfc2217);

  [[nodiscard]] int fd() const { return fd_.get(); }
  [[nodiscard]] bool is_wired() const { return com_port_.has_value(); }
  // What is to be watched of it, where the loop would read, or would write more.
  [[nodiscard]] Interest interest(Interest wanted) const;
  // It has closed its end, though what it has written may still be there.
  [[nodiscard]] bool is_leaving() const;

  // 0: none now, or what came is news.
  [[nodiscard]] Count read(std::span<std::uint8_t> buffer);
  [[nodiscard]] std::optional<HostNews> poll_news();
  // What is taken goes out, now or with flush().
  [[nodiscard]] Count write(ByteView octets);
  [[nodiscard]] Expected<void, std::string> flush();
  // Whatever waits goes out before.
  void push(ByteView octets);
  [[nodiscard]] Expected<void, std::string> show(const firmware::ModuleCircuits& circuits);

  [[nodiscard]] firmware::HostCircuits circuits() const { return circuits_; }

 private:
  [[nodiscard]] Count send(ByteView octets);

  net::UniqueFd fd_;
  std::optional<net::ComPort> com_port_;
  firmware::HostCircuits circuits_;
  std::string pending_;  // without RFC 2217
};

}  // namespace vmodem::app
