#include "firmware/app/loop/output_descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace vmodem::app {
namespace {

mode_t kind_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? status.st_mode & S_IFMT : 0U;
}

// poll(2): a pipe that is ready takes PIPE_BUF octets, unless who shares it is faster.
bool has_room(int fd) {
  pollfd ready{fd, POLLOUT, 0};
  return ::poll(&ready, 1, 0) == 1;
}

}  // namespace

OutputDescriptor OutputDescriptor::of_standard(int stream) {
  const auto kind = kind_of(stream);
  if (kind == S_IFREG) return {net::UniqueFd(), stream, Kind::kNeverBlocks};
  if (kind == S_IFSOCK) return {net::UniqueFd(), stream, Kind::kSocket};
  // O_NONBLOCK belongs to the open file, which others share: one of our own.
  const auto path = fmt::format("/proc/self/fd/{}", stream);
  net::UniqueFd own(::open(path.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!own.is_open()) return {net::UniqueFd(), stream, Kind::kMayBlock};
  return OutputDescriptor(std::move(own));
}

ssize_t OutputDescriptor::write(ByteView octets) {
  auto size = octets.size();
  if (kind_ == Kind::kMayBlock) {
    size = std::min<std::size_t>(size, PIPE_BUF);
    if (!has_room(fd_)) {
      errno = EAGAIN;
      return -1;
    }
  }
  ssize_t count = 0;
  do {
    count = kind_ == Kind::kSocket ? ::send(fd_, octets.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL)
                                   : ::write(fd_, octets.data(), size);
  } while (count < 0 && errno == EINTR);
  return count;
}

bool OutputDescriptor::cut(std::size_t size) {
  const auto end = static_cast<off_t>(size);
  return own_.is_open() && kind_of(fd_) == S_IFREG && ::ftruncate(fd_, end) == 0 &&
         ::lseek(fd_, end, SEEK_SET) == end;
}

}  // namespace vmodem::app
