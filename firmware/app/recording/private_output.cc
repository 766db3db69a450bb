#include "firmware/app/recording/private_output.h"

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

constexpr mode_t kOwnersOnly = S_IRUSR | S_IWUSR;
constexpr int kNobody = -1;
// O_NOFOLLOW: who plants a link chooses who reads the secrets. O_NONBLOCK: a pipe hangs nobody.
constexpr int kFlags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

// Why secrets must not go there; empty: they may.
std::string objection_to(const struct stat& status) {
  if (S_ISCHR(status.st_mode)) return {};
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) return "is neither file nor FIFO";
  return status.st_uid == ::geteuid() ? "" : "belongs to another user";
}

// A file that was there keeps the mode it had, whatever open() is told, and what it held.
bool make_new(int fd) {
  return ::fchmod(fd, kOwnersOnly) == 0 && ::ftruncate(fd, 0) == 0;
}

}  // namespace

Expected<PrivateOutput, std::string> PrivateOutput::open(const std::string& what,
                                                         const std::string& path) {
  auto opened = path == kStandardOutput ? open_standard_output() : open_file(path);
  if (opened) return opened;
  const auto place = path == kStandardOutput ? "standard output" : path;
  return unexpected(fmt::format("{} {}: {}", what, place, opened.error()));
}

Expected<PrivateOutput, std::string> PrivateOutput::open_standard_output() {
  if (::isatty(STDOUT_FILENO) == 1) return unexpected(std::string("is a terminal"));
  struct stat status {};
  if (::fstat(STDOUT_FILENO, &status) != 0) return unexpected(net::last_error().message());
  if (S_ISREG(status.st_mode)) {
    return PrivateOutput(net::UniqueFd(), STDOUT_FILENO, Kind::kFile, {});
  }
  if (S_ISSOCK(status.st_mode)) {
    return PrivateOutput(net::UniqueFd(), STDOUT_FILENO, Kind::kSocket, {});
  }
  // O_NONBLOCK belongs to the open file, which a shell and other programs share: one of our own.
  net::UniqueFd own(::open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!own.is_open()) {
    return PrivateOutput(net::UniqueFd(), STDOUT_FILENO, Kind::kMayBlock, {});
  }
  const int fd = own.get();
  return PrivateOutput(std::move(own), fd, Kind::kStream, {});
}

Expected<PrivateOutput, std::string> PrivateOutput::open_file(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode)) {
    if (auto objection = objection_to(status); !objection.empty()) return unexpected(objection);
    PrivateOutput fifo(net::UniqueFd(), kNobody, Kind::kFifo, path);
    fifo.open_fifo();
    return fifo;
  }
  net::UniqueFd own(::open(path.c_str(), kFlags | O_CREAT, kOwnersOnly));
  const auto cause = net::last_error();
  if (!own.is_open() && cause == std::errc::too_many_symbolic_link_levels) {
    return unexpected(std::string("is a symbolic link"));
  }
  if (!own.is_open()) return unexpected(cause.message());
  if (::fstat(own.get(), &status) != 0) return unexpected(net::last_error().message());
  if (auto objection = objection_to(status); !objection.empty()) return unexpected(objection);
  if (S_ISREG(status.st_mode) && !make_new(own.get())) {
    return unexpected(net::last_error().message());
  }
  const int fd = own.get();
  return PrivateOutput(std::move(own), fd, S_ISREG(status.st_mode) ? Kind::kFile : Kind::kStream,
                       path);
}

bool PrivateOutput::open_fifo() {
  net::UniqueFd own(::open(path_.c_str(), kFlags));
  struct stat status {};
  if (!own.is_open() || ::fstat(own.get(), &status) != 0) return false;
  // Another thing may have taken its place.
  if (!S_ISFIFO(status.st_mode) || !objection_to(status).empty()) return false;
  own_ = std::move(own);
  fd_ = own_.get();
  return true;
}

void PrivateOutput::write(ByteView record, Need need) {
  const auto limit = kWaitingMax + (need == Need::kMustStay ? kReserveMax : 0);
  if (is_over_) return;
  if (waiting_.size() - written_ + record.size() > limit) {
    ++lost_count_;
    return;
  }
  waiting_.insert(waiting_.end(), record.begin(), record.end());
}

void PrivateOutput::flush() {
  while (is_waiting()) {
    if (fd_ == kNobody && !open_fifo()) break;
    if (!has_room()) break;
    const auto rest = ByteView(waiting_).subspan(written_);
    const auto size =
        kind_ == Kind::kMayBlock ? std::min<std::size_t>(rest.size(), PIPE_BUF) : rest.size();
    const auto count = kind_ == Kind::kSocket
                           ? ::send(fd_, rest.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL)
                           : ::write(fd_, rest.data(), size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EPIPE || errno == ECONNRESET)) return lose_reader();
    // A full disk too: a record of which a part is written is not given up.
    if (count <= 0) break;
    written_ += static_cast<std::size_t>(count);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(written_));
  written_ = 0;
}

void PrivateOutput::lose_reader() {
  waiting_.clear();
  written_ = 0;
  if (kind_ != Kind::kFifo) {
    is_over_ = true;
    return;
  }
  own_ = net::UniqueFd();
  fd_ = kNobody;
  has_reader_left_ = true;
}

// poll(2): a pipe that is ready takes PIPE_BUF octets, unless who shares it is faster.
bool PrivateOutput::has_room() const {
  if (kind_ != Kind::kMayBlock) return true;
  pollfd ready{fd_, POLLOUT, 0};
  return ::poll(&ready, 1, 0) == 1;
}

}  // namespace vmodem::app
