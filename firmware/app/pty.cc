#include "firmware/app/pty.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace vmodem::app {
namespace {

std::error_code last_error() {
  return {errno, std::generic_category()};
}

tl::unexpected<std::string> failure(const char* step) {
  return unexpected("no pseudo-terminal: " + std::string(step) + ": " + last_error().message());
}

// A line that alters nothing, at the speed the module boots with.
bool set_raw(int fd) {
  termios settings{};
  if (::tcgetattr(fd, &settings) != 0) return false;
  ::cfmakeraw(&settings);
  ::cfsetspeed(&settings, B115200);
  return ::tcsetattr(fd, TCSANOW, &settings) == 0;
}

}  // namespace

Expected<Pty, std::string> Pty::open() {
  net::UniqueFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!master.is_open()) return failure("posix_openpt");
  if (::grantpt(master.get()) != 0) return failure("grantpt");
  if (::unlockpt(master.get()) != 0) return failure("unlockpt");

  std::array<char, 64> path{};
  if (::ptsname_r(master.get(), path.data(), path.size()) != 0) return failure("ptsname");

  net::UniqueFd slave(::open(path.data(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!slave.is_open()) return failure(path.data());
  if (!set_raw(slave.get())) return failure("tcsetattr");

  return Pty(std::move(master), std::move(slave), path.data());
}

Expected<std::size_t, std::error_code> Pty::write(ByteView octets) {
  ssize_t written = 0;
  do {
    written = ::write(master_.get(), octets.data(), octets.size());
  } while (written < 0 && errno == EINTR);
  if (written >= 0) return static_cast<std::size_t>(written);
  if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;

  return unexpected(last_error());
}

}  // namespace vmodem::app
