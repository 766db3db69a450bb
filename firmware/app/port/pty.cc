#include "firmware/app/port/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
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

// Told of each host that opens or closes the port: our own slave end hides the hang-up of the last.
net::UniqueFd watch_hosts(const char* path) {
  net::UniqueFd watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!watch.is_open()) return watch;
  if (::inotify_add_watch(watch.get(), path, IN_OPEN | IN_CLOSE) < 0) return {};
  return watch;
}

}  // namespace

Pty::Pty(net::UniqueFd master, net::UniqueFd slave, std::string path)
    : master_(std::move(master)),
      slave_(std::move(slave)),
      watch_(watch_hosts(path.c_str())),
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
  const auto count = ::read(master_.get(), buffer.data(), buffer.size());
  // inotify(7): two that open at once may be told as one.
  if (count > 0) host_count_ = std::max(host_count_, 1);
  return count_or_error(count);
}

Expected<std::size_t, std::error_code> Pty::write(ByteView octets) {
  return count_or_error(::write(master_.get(), octets.data(), octets.size()));
}

std::size_t Pty::unread_count() const {
  int count = 0;
  if (::ioctl(slave_.get(), FIONREAD, &count) != 0) return 0;
  return static_cast<std::size_t>(count);
}

std::size_t Pty::take_unread(std::span<std::uint8_t> buffer) {
  const auto count = ::read(slave_.get(), buffer.data(), buffer.size());
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool Pty::mark(std::uint64_t key) {
  key_ = key;
  return lock_octet(slave_.get(), key);
}

bool Pty::count_hosts() {
  alignas(inotify_event) std::array<char, 4096> news;
  bool has_closed = false;
  while (true) {
    const auto size = ::read(watch_.get(), news.data(), news.size());
    if (size <= 0) return has_closed;
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(news.data() + at);
      const bool is_opening = (event->mask & IN_OPEN) != 0;
      host_count_ = std::max(0, host_count_ + (is_opening ? 1 : -1));
      has_closed = has_closed || !is_opening;
      at += static_cast<ssize_t>(sizeof *event + event->len);
    }
  }
}

void Pty::handle_watch() {
  if (!count_hosts()) return;
  int is_exclusive = 0;
  if (::ioctl(slave_.get(), TIOCGEXCL, &is_exclusive) != 0 || is_exclusive == 0) return;

  // Only without our own end the master tells whether a host is left; and while the port is
  // exclusive that end could not be opened again.
  ::ioctl(slave_.get(), TIOCNXCL);
  slave_.reset();
  pollfd hung_up{master_.get(), 0, 0};
  const bool is_host_left = ::poll(&hung_up, 1, 0) == 0;
  const int host_count = is_host_left ? std::max(host_count_, 1) : 0;
  if (reopen_slave() && is_host_left) ::ioctl(slave_.get(), TIOCEXCL);
  // Our own closing and opening were news too.
  count_hosts();
  host_count_ = host_count;
}

// fcntl(2): the lock went with the descriptor.
bool Pty::reopen_slave() {
  slave_ = open_slave(path_.c_str());
  if (!slave_.is_open()) return false;
  return !key_ || lock_octet(slave_.get(), *key_);
}

}  // namespace vmodem::app
