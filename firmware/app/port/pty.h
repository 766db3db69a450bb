// The pseudo-terminal that a host opens as its serial port.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <system_error>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

class Pty {
 public:
  // In raw mode, both ends non-blocking for us. One slave end stays open here: without it every
  // read fails with EIO once a host has closed its own. The error is one phrase.
  [[nodiscard]] static Expected<Pty, std::string> open();

  // What a host opens, as /dev/pts/5.
  [[nodiscard]] const std::string& path() const { return path_; }
  // The master end.
  [[nodiscard]] int fd() const { return master_.get(); }
  // Readable when a host has opened or closed its end; -1 where the system has no watch left for
  // us.
  [[nodiscard]] int watch_fd() const { return watch_.get(); }

  // Keeps the lock on octet `key` of the slave end, by which others know whose it is. False, with
  // errno, when it cannot be had.
  [[nodiscard]] bool mark(std::uint64_t key);
  // The watch is readable. tty_ioctl(4), TIOCEXCL: it ends with the last host, as it does on a real
  // port, although our own slave end stays.
  void handle_watch();
  // Some process has the slave end open, as far as the watch has told; or has written to it.
  [[nodiscard]] bool has_host() const { return host_count_ > 0; }

  // How many octets are now in `buffer`; 0 where none wait.
  [[nodiscard]] Expected<std::size_t, std::error_code> read(std::span<std::uint8_t> buffer);
  // How many octets the kernel took; 0 while its buffer is full.
  [[nodiscard]] Expected<std::size_t, std::error_code> write(ByteView octets);
  // Octets that were written and that no host has read. Those of the last moments may be missing.
  [[nodiscard]] std::size_t unread_count() const;
  // Takes them back; how many.
  [[nodiscard]] std::size_t take_unread(std::span<std::uint8_t> buffer);

 private:
  Pty(net::UniqueFd master, net::UniqueFd slave, std::string path);
  [[nodiscard]] bool reopen_slave();
  // True where one has closed its end.
  bool count_hosts();

  net::UniqueFd master_;
  net::UniqueFd slave_;
  net::UniqueFd watch_;
  std::string path_;
  int host_count_ = 0;
  std::optional<std::uint64_t> key_;  // of the lock
};

}  // namespace vmodem::app
