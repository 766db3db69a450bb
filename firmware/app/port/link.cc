#include "firmware/app/port/link.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace vmodem::app {
namespace fs = std::filesystem;

Expected<PortLink, std::string> PortLink::create(std::string path, std::string target) {
  std::error_code error;
  const auto status = fs::symlink_status(path, error);
  if (fs::exists(status) && !fs::is_symlink(status)) {
    return unexpected(
        fmt::format("{} is not a symbolic link: remove it or choose another --link", path));
  }
  const auto beside = fmt::format("{}.{}", path, ::getpid());
  fs::create_symlink(target, beside, error);
  if (error) return unexpected(fmt::format("cannot create the link {}: {}", path, error.message()));

  fs::rename(beside, path, error);
  if (error) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return unexpected(fmt::format("cannot create the link {}: {}", path, error.message()));
  }
  return PortLink(std::move(path), std::move(target));
}

PortLink::PortLink(PortLink&& other) noexcept
    : path_(std::exchange(other.path_, {})), target_(std::move(other.target_)) {
}

PortLink::~PortLink() {
  if (path_.empty()) return;

  std::error_code error;
  if (fs::read_symlink(path_, error) == target_ && !error) fs::remove(path_, error);
}

}  // namespace vmodem::app
