// A descriptor that is written to without ever waiting for who reads it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <utility>

#include "firmware/base/bytes.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

class OutputDescriptor {
 public:
  // Standard output or standard error, which a shell and other programs share: left as they are.
  [[nodiscard]] static OutputDescriptor of_standard(int stream);
  // Opened with O_NONBLOCK.
  explicit OutputDescriptor(net::UniqueFd own)
      : own_(std::move(own)), fd_(own_.get()), kind_(Kind::kNeverBlocks) {}

  // As write(2): how many octets were taken, or -1 and errno, EAGAIN where there is no room now.
  [[nodiscard]] ssize_t write(ByteView octets);
  // The rest of a file goes; false for what is no file of this program's own.
  [[nodiscard]] bool cut(std::size_t size);

 private:
  enum class Kind : std::uint8_t { kNeverBlocks, kSocket, kMayBlock };
  OutputDescriptor(net::UniqueFd own, int fd, Kind kind)
      : own_(std::move(own)), fd_(fd), kind_(kind) {}

  net::UniqueFd own_;  // closed where fd_ is the program's
  int fd_;
  Kind kind_;
};

}  // namespace vmodem::app
