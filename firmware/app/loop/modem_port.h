// Where a host is met: the loop reads and writes octets, and tells the port what the module's power
// does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <system_error>

#include "firmware/app/loop/poller.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"

namespace vmodem::app {

class ModemPort {
 public:
  virtual ~ModemPort() = default;

  // What a host opens, as /dev/pts/5.
  [[nodiscard]] virtual const std::string& path() const = 0;
  // It goes and comes with the module's power.
  [[nodiscard]] virtual bool reappears() const = 0;
  // Octets are read and written, and what the host does is news. What a host writes to a port that
  // goes is lost.
  [[nodiscard]] virtual bool is_open() const = 0;
  // False for news of a port that has gone.
  [[nodiscard]] virtual bool is_of(Tag tag) const = 0;
  // What of an open port is news; no system call where nothing changes.
  virtual void set_interest(Interest interest) = 0;

  // How many octets were read or written; 0: none now. The port is open.
  [[nodiscard]] virtual Expected<std::size_t, std::error_code> read(
      std::span<std::uint8_t> buffer) = 0;
  [[nodiscard]] virtual Expected<std::size_t, std::error_code> write(ByteView octets) = 0;

  // The module is off, or comes back; nothing where the port stays. The port may be open, or not
  // yet, when this returns. The error is that it cannot come back.
  [[nodiscard]] virtual Expected<void, std::string> handle_power(bool is_on) = 0;
  // Source::kPortWatch is ready.
  virtual void handle_host_left() = 0;
  // Source::kPortTimer is ready.
  [[nodiscard]] virtual Expected<void, std::string> handle_timer() = 0;
};

}  // namespace vmodem::app
