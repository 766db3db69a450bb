#include "firmware/app/port/pty.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
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

// The loop calls again after EINTR as after EAGAIN: the descriptor stays ready.
Expected<std::size_t, std::error_code> count_or_error(ssize_t count) {
  if (count >= 0) return static_cast<std::size_t>(count);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return 0;
  return unexpected(last_error());
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

Expected<std::size_t, std::error_code> Pty::read(std::span<std::uint8_t> buffer) {
  return count_or_error(::read(master_.get(), buffer.data(), buffer.size()));
}

Expected<std::size_t, std::error_code> Pty::write(ByteView octets) {
  return count_or_error(::write(master_.get(), octets.data(), octets.size()));
}

std::size_t Pty::unread_count() const {
  int count = 0;
  if (::ioctl(slave_.get(), FIONREAD, &count) != 0) return 0;
  return static_cast<std::size_t>(count);
}

}  // namespace vmodem::app
