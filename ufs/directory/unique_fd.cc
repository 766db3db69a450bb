#include "ufs/directory/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vmodem::ufs {

UniqueFd::~UniqueFd() {
  if (fd_ >= 0) ::close(fd_);
}

UniqueFd open_at(int directory, const char* name, int flags, mode_t mode) {
  int fd = -1;
  do {
    fd = ::openat(directory, name, flags | O_CLOEXEC | O_NOFOLLOW, mode);
  } while (fd < 0 && errno == EINTR);
  return UniqueFd(fd);
}

bool write_all(int fd, ByteView content) {
  while (!content.empty()) {
    const auto count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content = content.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

bool sync_file(int fd) {
  int result = -1;
  do {
    result = ::fsync(fd);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

bool sync_directory(int fd) {
  // fsync(2): EINVAL tells of a kind of file that cannot be synced, as directories are for some
  // network and shared-folder file systems.
  return sync_file(fd) || errno == EINVAL;
}

}  // namespace vmodem::ufs
