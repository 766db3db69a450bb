#include "firmware/app/loop/key_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/sockets/unique_fd.h"

namespace vmodem::app {

namespace {

constexpr mode_t kOwnersOnly = S_IRUSR | S_IWUSR;

// Why keys must not go into the open file; empty: they may.
std::string objection_to(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return net::last_error().message();
  if (!S_ISREG(status.st_mode)) return "is not a regular file";
  if (status.st_uid != ::geteuid()) return "belongs to another user";
  // A file that was there keeps the mode it had, whatever open() is told.
  if (::fchmod(fd, kOwnersOnly) != 0) return net::last_error().message();
  return {};
}

}  // namespace

Expected<KeyLogFile, std::string> KeyLogFile::open(const std::string& path) {
  // O_NOFOLLOW: who plants a link chooses who reads the keys. O_NONBLOCK: a pipe hangs nobody.
  net::UniqueFd fd(::open(
      path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
      kOwnersOnly));
  const auto cause = net::last_error();
  if (!fd.is_open() && cause == std::errc::too_many_symbolic_link_levels) {
    return unexpected(fmt::format("key log {}: is a symbolic link", path));
  }
  auto objection = fd.is_open() ? objection_to(fd.get()) : cause.message();
  if (!objection.empty()) return unexpected(fmt::format("key log {}: {}", path, objection));
  auto* file = ::fdopen(fd.get(), "a");
  if (file == nullptr) {
    return unexpected(fmt::format("key log {}: {}", path, net::last_error().message()));
  }
  static_cast<void>(fd.release());  // fdopen() took it
  return KeyLogFile(file);
}

void KeyLogFile::write(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), file_.get());
  std::fputc('\n', file_.get());
  std::fflush(file_.get());
}

}  // namespace vmodem::app
