#include "firmware/app/port/lock_table.h"

#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <memory>

namespace vmodem::app {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// "1: POSIX  ADVISORY  WRITE 493 00:19:3 12345 12345".
struct LockRow {
  pid_t pid = 0;
  unsigned major_number = 0;
  unsigned minor_number = 0;
  std::uint64_t inode = 0;
  std::uint64_t start = 0;
};

std::optional<LockRow> parse_row(const char* text) {
  LockRow row;
  const int count =
      std::sscanf(text, "%*d: POSIX %*s WRITE %d %x:%x:%" SCNu64 " %" SCNu64, &row.pid,
                  &row.major_number, &row.minor_number, &row.inode, &row.start);
  if (count != 5) return std::nullopt;
  return row;
}

}  // namespace

bool lock_octet(int fd, std::uint64_t offset) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(offset);
  lock.l_len = 1;
  return ::fcntl(fd, F_SETLK, &lock) == 0;
}

std::optional<pid_t> lock_holder(const struct stat& file, std::uint64_t offset) {
  const std::unique_ptr<std::FILE, CloseFile> table(std::fopen("/proc/locks", "re"));
  if (!table) return std::nullopt;
  char text[256];
  while (std::fgets(text, sizeof text, table.get()) != nullptr) {
    const auto row = parse_row(text);
    const bool is_meant = row && row->major_number == major(file.st_dev) &&
                          row->minor_number == minor(file.st_dev) && row->inode == file.st_ino &&
                          row->start == offset && row->pid != ::getpid();
    if (is_meant) return row->pid;
  }
  return std::nullopt;
}

}  // namespace vmodem::app
