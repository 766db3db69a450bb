#include "ufs/directory/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>

#include "ufs/directory/disk_name.h"
#include "ufs/directory/durable_file.h"

namespace vmodem::ufs {
namespace {

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

// The size of a plain file; kNotFound for whatever else has the name, or for none.
Expected<std::uint64_t, Error> plain_file_size(int directory, const char* name) {
  struct stat status {};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return unexpected(errno == ENOENT ? Error::kNotFound : Error::kIo);
  }
  if (!S_ISREG(status.st_mode)) return unexpected(Error::kNotFound);
  return static_cast<std::uint64_t>(status.st_size);
}

// Calls visit(const char* entry, size) for each plain file; false, with errno, when the directory
// cannot be read or a visit returned false.
template <class Visit>
bool visit_plain_files(int directory, Visit visit) {
  auto fd = open_at(directory, ".", O_RDONLY | O_DIRECTORY);
  if (!fd.is_open()) return false;
  const std::unique_ptr<DIR, CloseDirectory> stream(::fdopendir(fd.get()));
  if (!stream) return false;
  static_cast<void>(fd.release());  // fdopendir() took it

  for (;;) {
    errno = 0;
    const auto* entry = ::readdir(stream.get());
    if (entry == nullptr) return errno == 0;
    const auto size = plain_file_size(directory, entry->d_name);
    if (!size && size.error() == Error::kNotFound) continue;
    if (!size || !visit(entry->d_name, *size)) return false;
  }
}

// Removes every plain file that `is_meant` picks, and makes that durable.
template <class Predicate>
bool remove_plain_files(int directory, Predicate is_meant) {
  bool found = false;
  const auto remove_if_meant = [&](const char* entry, std::uint64_t) {
    if (!is_meant(entry)) return true;
    found = true;
    return ::unlinkat(directory, entry, 0) == 0 || errno == ENOENT;
  };
  // POSIX readdir(): what it shows of a directory that changes meanwhile is unspecified, so the
  // last pass is one that finds nothing.
  do {
    found = false;
    if (!visit_plain_files(directory, remove_if_meant)) return false;
  } while (found);
  return sync_directory(directory);
}

auto failure(OpenFailureKind kind, const std::filesystem::path& path, int cause) {
  return unexpected(OpenFailure{
      kind, fmt::format("cannot use {} as file store: {}", path.string(),
                        kind == OpenFailureKind::kInUse ? "another process has locked it"
                                                        : std::generic_category().message(cause))});
}

}  // namespace

Expected<std::unique_ptr<DirectoryStore>, OpenFailure> DirectoryStore::open(
    const std::filesystem::path& path) {
  const bool is_new = ::mkdir(path.c_str(), S_IRWXU) == 0;
  const int why_not_made = is_new ? 0 : errno;
  auto directory = open_at(AT_FDCWD, (path / ".").c_str(), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open()) {
    // It is not there because it could not be made.
    const bool is_missing = errno == ENOENT && why_not_made != EEXIST;
    return failure(OpenFailureKind::kNotUsable, path, is_missing ? why_not_made : errno);
  }
  if (::flock(directory.get(), LOCK_EX | LOCK_NB) != 0) {
    const bool is_in_use = errno == EWOULDBLOCK;
    return failure(is_in_use ? OpenFailureKind::kInUse : OpenFailureKind::kNotUsable, path, errno);
  }
  if (is_new) {
    const auto parent = open_at(directory.get(), "..", O_RDONLY | O_DIRECTORY);
    const bool is_durable = parent.is_open() && sync_directory(parent.get());
    if (!is_durable) return failure(OpenFailureKind::kNotUsable, path, errno);
  }
  if (!remove_plain_files(directory.get(), is_temporary)) {
    return failure(OpenFailureKind::kNotUsable, path, errno);
  }
  return std::unique_ptr<DirectoryStore>(new DirectoryStore(std::move(directory)));
}

Expected<std::vector<FileInfo>, Error> DirectoryStore::list(std::size_t count_max) const {
  std::map<FileName, std::uint64_t> files;
  const bool done = visit_plain_files(directory_.get(), [&](const char* entry, std::uint64_t size) {
    const auto name = from_disk_name(entry);
    if (!name) return true;
    files.emplace(*name, size);
    if (files.size() > count_max) files.erase(std::prev(files.end()));
    return true;
  });
  if (!done) return unexpected(Error::kIo);

  std::vector<FileInfo> list;
  for (const auto& [name, size] : files) list.push_back({name, size});
  return list;
}

Expected<Usage, Error> DirectoryStore::usage() const {
  Usage usage;
  const bool done = visit_plain_files(directory_.get(), [&](const char* entry, std::uint64_t size) {
    if (!from_disk_name(entry)) return true;
    usage.size += size;
    ++usage.file_count;
    return true;
  });
  if (!done) return unexpected(Error::kIo);
  return usage;
}

Expected<std::uint64_t, Error> DirectoryStore::size(const FileName& name) const {
  return plain_file_size(directory_.get(), to_disk_name(name).c_str());
}

Expected<Bytes, Error> DirectoryStore::read(const FileName& name, std::uint64_t offset,
                                            std::uint64_t length) const {
  const auto disk_name = to_disk_name(name);
  const auto size = plain_file_size(directory_.get(), disk_name.c_str());
  if (!size) return unexpected(size.error());
  // O_NONBLOCK: a pipe that took the file's place meanwhile must not hold the process up.
  const auto file = open_at(directory_.get(), disk_name.c_str(), O_RDONLY | O_NONBLOCK);
  if (!file.is_open()) return unexpected(errno == ENOENT ? Error::kNotFound : Error::kIo);

  const auto start = std::min(offset, *size);
  Bytes content(std::min(length, *size - start));
  std::size_t count = 0;
  while (count < content.size()) {
    const auto more = ::pread(file.get(), content.data() + count, content.size() - count,
                              static_cast<off_t>(start + count));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return unexpected(Error::kIo);
    if (more == 0) break;
    count += static_cast<std::size_t>(more);
  }
  content.resize(count);
  return content;
}

Expected<void, Error> DirectoryStore::write(const FileName& name, ByteView content) {
  return replace_file_durably(directory_.get(), to_disk_name(name), content);
}

Expected<void, Error> DirectoryStore::remove(const FileName& name) {
  const auto disk_name = to_disk_name(name);
  const auto size = plain_file_size(directory_.get(), disk_name.c_str());
  if (!size) return unexpected(size.error());
  if (::unlinkat(directory_.get(), disk_name.c_str(), 0) != 0) return unexpected(Error::kIo);
  if (!sync_directory(directory_.get())) return unexpected(Error::kIo);
  return {};
}

Expected<void, Error> DirectoryStore::remove_all(Storage storage) {
  const auto is_file = [=](const char* entry) {
    const auto name = from_disk_name(entry);
    return name && name->storage() == storage;
  };
  if (!remove_plain_files(directory_.get(), is_file)) return unexpected(Error::kIo);
  return {};
}

}  // namespace vmodem::ufs
