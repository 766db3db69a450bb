#include "tests/unit/app/support/host_port.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>

#include "tests/support/catch.h"
#include "tests/unit/app/support/process.h"

namespace vmodem::test {

HostPort::HostPort(const std::string& path) : fd_(::open(path.c_str(), O_RDWR | O_NOCTTY)) {
  CAPTURE(path);
  REQUIRE(fd_.is_open());
}

void HostPort::write(std::string_view text) {
  REQUIRE(::write(fd_.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

std::string HostPort::read_until(std::string_view end) {
  std::string text;
  while (!std::string_view(text).ends_with(end)) {
    pollfd ready{fd_.get(), POLLIN, 0};
    CAPTURE(text.size(), text.substr(0, 200));
    REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
    std::array<char, 4096> chunk{};
    const auto size = ::read(fd_.get(), chunk.data(), chunk.size());
    REQUIRE(size > 0);
    text.append(chunk.data(), static_cast<std::size_t>(size));
  }
  return text;
}

std::string HostPort::ask(const std::string& command) {
  write(command + "\r");
  return read_until("\r\nOK\r\n");
}

int HostPort::unread() const {
  int count = 0;
  REQUIRE(::ioctl(fd_.get(), FIONREAD, &count) == 0);
  return count;
}

}  // namespace vmodem::test
