// Where hosts are met: the loop reads and writes octets, and tells the port what the module's power
// does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <variant>

#include "firmware/app/loop/poller.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/circuits/circuits.h"

namespace vmodem::app {

// What a host does to the line.
struct HostBreak {};
using HostNews = std::variant<Bytes, firmware::HostCircuits, HostBreak>;

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
  // What of an open port is news; no system call where nothing changes.
  virtual void set_interest(Interest interest) = 0;

  // What a ready descriptor means to the loop.
  struct Readiness {
    bool is_readable = false;  // by its tag
    bool has_room = false;     // to write
  };
  // Of Source::kSerial, kPortTimer, kPortWatch, kListener and kHost. The error is one phrase: the
  // port is lost, or cannot come back.
  [[nodiscard]] virtual Expected<Readiness, std::string> handle_ready(const Ready& ready) = 0;

  // How many octets were read or written; 0: none now. The port is open, and `tag` is that of a
  // readable descriptor.
  [[nodiscard]] virtual Expected<std::size_t, std::error_code> read(
      Tag tag, std::span<std::uint8_t> buffer) = 0;
  [[nodiscard]] virtual Expected<std::size_t, std::error_code> write(ByteView octets) = 0;

  // Beside what was read, in its order: poll after handle_ready(), read() and write(). No more
  // octets than the last buffer had room for.
  [[nodiscard]] virtual std::optional<HostNews> poll_news() { return std::nullopt; }
  // What a host drives now.
  [[nodiscard]] virtual firmware::HostCircuits circuits() const { return {}; }
  // For a host that is wired.
  virtual void show(const firmware::ModuleCircuits& circuits) { static_cast<void>(circuits); }

  // The module is off, or comes back; nothing where the port stays. The port may be open, or not
  // yet, when this returns. The error is that it cannot come back.
  [[nodiscard]] virtual Expected<void, std::string> handle_power(bool is_on) = 0;
};

}  // namespace vmodem::app
