#include "firmware/app/loop/line_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace vmodem::app {
namespace {

mode_t kind_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? status.st_mode & S_IFMT : 0U;
}

}  // namespace

LineOutput LineOutput::to_standard_error() {
  const auto kind = kind_of(STDERR_FILENO);
  if (kind == S_IFREG) return {net::UniqueFd(), STDERR_FILENO, Kind::kNeverBlocks};
  if (kind == S_IFSOCK) return {net::UniqueFd(), STDERR_FILENO, Kind::kSocket};
  // O_NONBLOCK belongs to the open file, which a shell and other programs share: one of our own.
  net::UniqueFd own(
      ::open("/proc/self/fd/2", O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!own.is_open()) return {net::UniqueFd(), STDERR_FILENO, Kind::kMayBlock};
  const int fd = own.get();
  return {std::move(own), fd, Kind::kNeverBlocks};
}

Expected<LineOutput, std::string> LineOutput::to_file(const std::string& path, Opening opening,
                                                      std::string_view what) {
  const int before = opening == Opening::kReplace ? O_TRUNC : 0;
  // O_NONBLOCK: a pipe without a reader is an error, not a start that hangs.
  net::UniqueFd own(::open(path.c_str(),
                           O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | before,
                           S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH));
  if (!own.is_open()) {
    return unexpected(fmt::format("{} {}: {}", what, path, net::last_error().message()));
  }
  const int fd = own.get();
  return LineOutput(std::move(own), fd, Kind::kNeverBlocks);
}

void LineOutput::write(std::string_view line) {
  flush();
  if (!waiting_.empty() && waiting_.size() + line.size() > kWaitingMax) {
    lost_count_ += static_cast<std::uint64_t>(std::ranges::count(line, '\n'));
    return;
  }
  waiting_ += line;
  flush();
}

void LineOutput::flush() {
  while (!waiting_.empty()) {
    if (!has_room()) return;
    const auto size = kind_ == Kind::kMayBlock ? std::min<std::size_t>(waiting_.size(), PIPE_BUF)
                                               : waiting_.size();
    const auto count = kind_ == Kind::kSocket
                           ? ::send(fd_, waiting_.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL)
                           : ::write(fd_, waiting_.data(), size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count < 0) {
      // No reader, no room on the disk: it does not come back for these lines.
      lost_count_ += static_cast<std::uint64_t>(std::ranges::count(waiting_, '\n'));
      return waiting_.clear();
    }
    waiting_.erase(0, static_cast<std::size_t>(count));
  }
}

std::uint64_t LineOutput::take_lost_count() {
  return std::exchange(lost_count_, 0);
}

// poll(2): a pipe that is ready takes PIPE_BUF octets, unless who shares it is faster.
bool LineOutput::has_room() const {
  if (kind_ != Kind::kMayBlock) return true;
  pollfd ready{fd_, POLLOUT, 0};
  return ::poll(&ready, 1, 0) == 1;
}

}  // namespace vmodem::app
