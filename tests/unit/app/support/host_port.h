// The host's end of the serial line: opens the port as host software does.
#pragma once

#include <string>
#include <string_view>

#include "net/sockets/unique_fd.h"

namespace vmodem::test {

class HostPort {
 public:
  explicit HostPort(const std::string& path);

  void write(std::string_view text);
  // Reads until the text ends in `end`; fails the test at the deadline.
  std::string read_until(std::string_view end);
  // Writes `command` and CR, reads up to OK.
  std::string ask(const std::string& command);
  // How many octets the kernel holds for the host now.
  [[nodiscard]] int unread() const;
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  net::UniqueFd fd_;
};

}  // namespace vmodem::test
