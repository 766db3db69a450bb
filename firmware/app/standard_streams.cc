#include "firmware/app/standard_streams.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace vmodem::app {
namespace {

constexpr int kPatienceMs = 1000;
constexpr int kNobody = -1;  // poll(2) passes it over

// poll(2): a pipe that is ready takes PIPE_BUF octets, so such a write does not stop the program.
bool write_patiently(int fd, std::string_view text, int until, int patience_ms) {
  while (!text.empty()) {
    std::array<pollfd, 2> ready{pollfd{fd, POLLOUT, 0}, pollfd{until, POLLIN, 0}};
    const int count = ::poll(ready.data(), ready.size(), patience_ms);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || ready[1].revents != 0) {
      errno = ETIMEDOUT;
      return false;
    }
    const auto written = ::write(fd, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

void occupy_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number is this one. The wrong way round, so that its use is still an error.
    static_cast<void>(!::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

bool has_descriptors(int count) {
  std::array<int, 64> opened{};
  int size = 0;
  while (size < std::min<int>(count, opened.size())) {
    const int fd = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) break;
    opened.at(static_cast<std::size_t>(size++)) = fd;
  }
  const bool is_enough = size == count;
  while (size > 0) ::close(opened.at(static_cast<std::size_t>(--size)));
  return is_enough;
}

bool print(std::string_view text) {
  return print_until(text, kNobody, STDOUT_FILENO);
}

bool print_until(std::string_view text, int until, int stream) {
  return write_patiently(stream, text, until, -1);
}

void complain(std::string_view message) {
  for (const auto text : {std::string_view("vmodem: "), message, std::string_view("\n")}) {
    if (!write_patiently(STDERR_FILENO, text, kNobody, kPatienceMs)) return;
  }
}

}  // namespace vmodem::app
