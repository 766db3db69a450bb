#include "net/sockets/unique_fd.h"

#include <unistd.h>

#include <cerrno>

namespace vmodem::net {

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

}  // namespace vmodem::net
