#include "ufs/directory/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "ufs/directory/unique_fd.h"

namespace vmodem::ufs {
namespace {

constexpr std::string_view kTemporaryPrefix = ".vmodem-tmp.";

auto failure_of_errno() {
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  return unexpected(is_full ? Error::kNoSpace : Error::kIo);
}

bool is_free_or_regular(int directory, const char* name) {
  struct stat status {};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT;
  return S_ISREG(status.st_mode);
}

Expected<void, Error> write_temporary(int directory, const char* name, ByteView content) {
  // A crash may have left one; a new file is never a planted link or pipe.
  ::unlinkat(directory, name, 0);
  const auto file = open_at(directory, name, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  if (!file.is_open()) return failure_of_errno();

  if (!write_all(file.get(), content)) return failure_of_errno();
  if (!sync_file(file.get())) return failure_of_errno();
  return {};
}

}  // namespace

Expected<void, Error> replace_file_durably(const std::filesystem::path& path, ByteView content) {
  const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  // Only the last component is refused as a link: the directory itself may be reached through one.
  const auto directory = open_at(AT_FDCWD, (parent / ".").c_str(), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open()) return unexpected(Error::kIo);

  return replace_file_durably(directory.get(), path.filename().string(), content);
}

Expected<void, Error> replace_file_durably(int directory, const std::string& name,
                                           ByteView content) {
  if (!is_free_or_regular(directory, name.c_str())) return unexpected(Error::kIo);

  const auto temporary = std::string(kTemporaryPrefix) + name;
  auto written = write_temporary(directory, temporary.c_str(), content);
  if (written && ::renameat(directory, temporary.c_str(), directory, name.c_str()) != 0) {
    written = failure_of_errno();
  }
  if (!written) {
    ::unlinkat(directory, temporary.c_str(), 0);
    return written;
  }
  if (!sync_directory(directory)) return unexpected(Error::kIo);
  return {};
}

bool is_temporary(std::string_view name) {
  return name.starts_with(kTemporaryPrefix);
}

}  // namespace vmodem::ufs
