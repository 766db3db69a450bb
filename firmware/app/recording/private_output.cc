#include "firmware/app/recording/private_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "net/sockets/unique_fd.h"

namespace vmodem::app {
namespace {

constexpr mode_t kOwnersOnly = S_IRUSR | S_IWUSR;
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
  return PrivateOutput(OutputDescriptor::of_standard(STDOUT_FILENO), {});
}

Expected<PrivateOutput, std::string> PrivateOutput::open_file(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode)) {
    if (auto objection = objection_to(status); !objection.empty()) return unexpected(objection);
    PrivateOutput fifo(std::nullopt, path);
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
  return PrivateOutput(OutputDescriptor(std::move(own)), {});
}

bool PrivateOutput::open_fifo() {
  net::UniqueFd own(::open(fifo_.c_str(), kFlags));
  struct stat status {};
  if (!own.is_open() || ::fstat(own.get(), &status) != 0) return false;
  // Another thing may have taken its place.
  if (!S_ISFIFO(status.st_mode) || !objection_to(status).empty()) return false;
  output_.emplace(std::move(own));
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
    if (!output_ && !open_fifo()) break;
    const auto count = output_->write(ByteView(waiting_).subspan(written_));
    if (count < 0 && (errno == EPIPE || errno == ECONNRESET)) return lose_reader();
    // A full disk too: a record of which a part is written is not given up.
    if (count <= 0) break;
    written_ += static_cast<std::size_t>(count);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(written_));
  written_ = 0;
}

bool PrivateOutput::cut(std::size_t size) {
  waiting_.clear();
  written_ = 0;
  return output_ && output_->cut(size);
}

void PrivateOutput::lose_reader() {
  waiting_.clear();
  written_ = 0;
  if (fifo_.empty()) {
    is_over_ = true;
    return;
  }
  output_.reset();
  has_reader_left_ = true;
}

}  // namespace vmodem::app
