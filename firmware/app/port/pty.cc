#include "firmware/app/port/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "firmware/app/port/lock_table.h"

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

net::UniqueFd open_slave(const char* path) {
  return net::UniqueFd(::open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
}

// Told of each host that closes the port: our own slave end hides the hang-up of the last.
net::UniqueFd watch_closes(const char* path) {
  net::UniqueFd watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!watch.is_open()) return watch;
  if (::inotify_add_watch(watch.get(), path, IN_CLOSE) < 0) return {};
  return watch;
}

}  // namespace

Pty::Pty(net::UniqueFd master, net::UniqueFd slave, std::string path)
    : master_(std::move(master)),
      slave_(std::move(slave)),
      watch_(watch_closes(path.c_str())),
      path_(std::move(path)) {
}

Expected<Pty, std::string> Pty::open() {
  net::UniqueFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!master.is_open()) return failure("posix_openpt");
  if (::grantpt(master.get()) != 0) return failure("grantpt");
  if (::unlockpt(master.get()) != 0) return failure("unlockpt");

  std::array<char, 64> path{};
  if (::ptsname_r(master.get(), path.data(), path.size()) != 0) return failure("ptsname");

  auto slave = open_slave(path.data());
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

bool Pty::mark(std::uint64_t key) {
  key_ = key;
  return lock_octet(slave_.get(), key);
}

void Pty::handle_host_left() {
  std::array<char, 4096> news;
  while (::read(watch_.get(), news.data(), news.size()) > 0) {
  }
  int is_exclusive = 0;
  if (::ioctl(slave_.get(), TIOCGEXCL, &is_exclusive) != 0 || is_exclusive == 0) return;

  // Only without our own end the master tells whether a host is left; and while the port is
  // exclusive that end could not be opened again.
  ::ioctl(slave_.get(), TIOCNXCL);
  slave_.reset();
  pollfd hung_up{master_.get(), 0, 0};
  const bool is_host_left = ::poll(&hung_up, 1, 0) == 0;
  if (reopen_slave() && is_host_left) ::ioctl(slave_.get(), TIOCEXCL);
  // Our own closing was news too.
  while (::read(watch_.get(), news.data(), news.size()) > 0) {
  }
}

// fcntl(2): the lock went with the descriptor.
bool Pty::reopen_slave() {
  slave_ = open_slave(path_.c_str());
  if (!slave_.is_open()) return false;
  return !key_ || lock_octet(slave_.get(), *key_);
}

}  // namespace vmodem::app
