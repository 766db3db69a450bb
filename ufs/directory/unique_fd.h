// An owned file descriptor, and the system calls that a signal may interrupt.
#pragma once

#include <sys/types.h>

#include <utility>

#include "firmware/base/bytes.h"

namespace vmodem::ufs {

class UniqueFd {
 public:
  explicit UniqueFd(int fd) : fd_(fd) {}
  ~UniqueFd();
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int get() const { return fd_; }
  // Gives the descriptor away.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// Below: true on success, otherwise errno says why. None leaks the descriptor into a child or
// follows a symbolic link in the last component.
[[nodiscard]] UniqueFd open_at(int directory, const char* name, int flags, mode_t mode = 0);
[[nodiscard]] bool write_all(int fd, ByteView content);
[[nodiscard]] bool sync_file(int fd);
// A file system that does not know how to sync a directory counts as success.
[[nodiscard]] bool sync_directory(int fd);

}  // namespace vmodem::ufs
