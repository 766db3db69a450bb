#include "net/sockets/unique_fd.h"

#include <unistd.h>

namespace vmodem::net {

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

}  // namespace vmodem::net
