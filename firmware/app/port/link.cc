#include "firmware/app/port/link.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "firmware/app/port/lock_table.h"
#include "firmware/base/hash.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {
namespace {

constexpr std::string_view kPtyFolder = "/dev/pts/";
constexpr int kAttemptsMax = 16;

// Allocates nothing, so that a program that is out of memory removes its link too.
class LinkText {
 public:
  explicit LinkText(const char* path) {
    const auto size = ::readlink(path, octets_.data(), octets_.size());
    if (size > 0) size_ = static_cast<std::size_t>(size);
  }
  [[nodiscard]] std::string_view view() const { return {octets_.data(), size_}; }

 private:
  std::array<char, PATH_MAX> octets_;
  std::size_t size_ = 0;  // 0: no link
};

bool is_pty(std::string_view target) {
  return target.starts_with(kPtyFolder) &&
         target.find('/', kPtyFolder.size()) == std::string_view::npos;
}

bool is_before(const timespec& a, const timespec& b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

// Why what has the name `path` must stay; nothing: a vmodem left it, or nothing is there.
std::optional<std::string> objection_to(const std::string& path, std::uint64_t key) {
  constexpr const char* kAdvice = "remove it or choose another --link";
  struct stat link {};
  if (::lstat(path.c_str(), &link) != 0) return std::nullopt;
  if (!S_ISLNK(link.st_mode)) return fmt::format("{} is not a symbolic link: {}", path, kAdvice);

  const LinkText text(path.c_str());
  const std::string target(text.view());
  if (!is_pty(target)) {
    return fmt::format("{} is a link to {}, not to a port of vmodem: {}", path, target, kAdvice);
  }
  struct stat pty {};
  if (::stat(target.c_str(), &pty) != 0) return std::nullopt;
  if (const auto keeper = lock_holder(pty, key)) {
    return fmt::format(
        "{} is the link of a running vmodem, process {}: end that or choose "
        "another --link",
        path, *keeper);
  }
  // The numbers of PTYs are given again. One that is younger than the link is not what it meant.
  if (is_before(link.st_mtim, pty.st_ctim)) return std::nullopt;
  return fmt::format("{} is a link to {}, which is in use but no vmodem's: {}", path, target,
                     kAdvice);
}

std::string name_beside(const std::string& path) {
  std::uint64_t chance = 0;
  // A name that nobody can foresee and plant.
  static_cast<void>(!::getrandom(&chance, sizeof chance, 0));
  return fmt::format("{}.{:016x}", path, chance);
}

// Puts the link in the place of one that may go. False where something else came in between: what
// is there has to be judged again.
Expected<bool, std::string> replace(const std::string& path, const std::string& target,
                                    std::uint64_t key) {
  const auto beside = name_beside(path);
  if (::symlink(target.c_str(), beside.c_str()) != 0) {
    return unexpected(net::last_error().message());
  }
  const auto exchange = [&] {
    return ::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0;
  };
  bool is_done = exchange();
  auto cause = net::last_error();
  if (is_done && objection_to(beside, key)) {
    is_done = false;
    cause = {};
    static_cast<void>(exchange());
  } else if (!is_done &&
             (cause == std::errc::invalid_argument || cause == std::errc::function_not_supported)) {
    // renameat2(2): not every file system can exchange.
    is_done = ::rename(beside.c_str(), path.c_str()) == 0;
    cause = net::last_error();
  }
  ::unlink(beside.c_str());
  if (is_done || !cause || cause == std::errc::no_such_file_or_directory) return is_done;
  return unexpected(cause.message());
}

}  // namespace

std::uint64_t link_key(const std::string& path) {
  const std::filesystem::path whole(path);
  const auto parent = whole.has_parent_path() ? whole.parent_path().string() : std::string(".");
  struct stat status {};
  static_cast<void>(::stat(parent.c_str(), &status));
  const auto text =
      fmt::format("{}:{}:{}", status.st_dev, status.st_ino, whole.filename().string());
  // fcntl(2) takes offsets up to 2^63 - 1.
  return hash_of(as_bytes(text)) >> 2;
}

Expected<PortLink, std::string> PortLink::create(std::string path, std::string target) {
  const auto cannot = [&](const std::string& why) {
    return unexpected(fmt::format("cannot create the link {}: {}", path, why));
  };
  const auto key = link_key(path);
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    if (::symlink(target.c_str(), path.c_str()) == 0) return PortLink(path, std::move(target));
    if (errno != EEXIST) return cannot(net::last_error().message());
    if (auto objection = objection_to(path, key)) return unexpected(std::move(*objection));
    const auto replaced = replace(path, target, key);
    if (!replaced) return cannot(replaced.error());
    if (*replaced) return PortLink(path, std::move(target));
  }
  return cannot("somebody else makes and removes it all the time");
}

PortLink::PortLink(std::string path, std::string target)
    : path_(std::move(path)), target_(std::move(target)) {
  struct stat status {};
  if (::lstat(path_.c_str(), &status) == 0) inode_ = status.st_ino;
}

PortLink::PortLink(PortLink&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      target_(std::move(other.target_)),
      inode_(other.inode_) {
}

PortLink::~PortLink() {
  if (path_.empty()) return;

  struct stat status {};
  const bool is_own = ::lstat(path_.c_str(), &status) == 0 && status.st_ino == inode_ &&
                      LinkText(path_.c_str()).view() == target_;
  if (is_own) ::unlink(path_.c_str());
}

}  // namespace vmodem::app
