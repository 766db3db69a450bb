#include "net/sockets/listener.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "firmware/base/check.h"
#include "net/sockets/socket_address.h"

namespace vmodem::net {
namespace {

constexpr mode_t kOwnersSocket = S_IRUSR | S_IWUSR;
constexpr mode_t kOwnersFolder = S_IRWXU;
constexpr int kTakingsMax = 16;

UniqueFd open_stream(int family) {
  return UniqueFd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

struct Holder {
  pid_t pid;  // 0: who it is is not told
};

// Who listens behind a name; nothing: nobody does any more.
std::optional<Holder> find_holder(const std::string& path) {
  const auto probe = open_stream(AF_UNIX);
  const auto address = to_socket_address(UnixAddress{path});
  if (::connect(probe.get(), address.get(), address.size) != 0) {
    // unix(7): a name without a listener.
    if (errno == ECONNREFUSED || errno == ENOENT) return std::nullopt;
    return Holder{0};
  }
  ucred holder{};
  socklen_t size = sizeof holder;
  static_cast<void>(::getsockopt(probe.get(), SOL_SOCKET, SO_PEERCRED, &holder, &size));
  return Holder{holder.pid};
}

// Why what has this name must stay; nothing: a process left it that has ended.
std::optional<std::string> objection_to_name(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  if (!S_ISSOCK(status.st_mode)) return "is there and is no socket";
  const auto holder = find_holder(path);
  if (!holder) return std::nullopt;
  if (holder->pid == 0) return "belongs to somebody else";
  return fmt::format("belongs to a running process, {}", holder->pid);
}

std::string name_beside_socket(const std::string& path) {
  std::uint32_t chance = 0;
  BG_CHECK(::getrandom(&chance, sizeof chance, 0) == sizeof chance,
           "small requests are never cut short");
  return fmt::format("{}.{:08x}", path, chance);
}

// Moves a name away, and back where it has got an owner meanwhile.
void take_away(const std::string& path) {
  const auto beside = name_beside_socket(path);
  if (::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, beside.c_str(), RENAME_NOREPLACE) != 0) {
    // renameat2(2): not every file system has it.
    ::unlink(path.c_str());
    return;
  }
  const bool is_back =
      objection_to_name(beside) &&
      ::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0;
  if (!is_back) ::unlink(beside.c_str());
}

ino_t inode_of(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Expected<Listener, std::string> Listener::open(const ListenAddress& address) {
  const auto* local = std::get_if<UnixAddress>(&address);
  auto listener = local != nullptr
                      ? open_named(std::filesystem::absolute(local->path).lexically_normal())
                      : open_port(std::get<Endpoint>(address));
  if (listener) return listener;
  return unexpected(fmt::format("cannot listen on {}: {}", to_string(address), listener.error()));
}

Expected<Listener, std::string> Listener::open_named(const std::string& path) {
  if (path.size() > UnixAddress::kPathSizeMax) {
    return unexpected(fmt::format("{} is longer than {} octets", path, UnixAddress::kPathSizeMax));
  }
  // A folder for sockets, as XDG_RUNTIME_DIR wants one.
  ::mkdir(std::filesystem::path(path).parent_path().c_str(), kOwnersFolder);
  const auto address = to_socket_address(UnixAddress{path});
  for (int i = 0; i < kTakingsMax; ++i) {
    auto fd = open_stream(AF_UNIX);
    if (!fd.is_open()) return unexpected(last_error().message());
    // Before it has a name: nobody finds it with a wider mode.
    static_cast<void>(::fchmod(fd.get(), kOwnersSocket));
    if (::bind(fd.get(), address.get(), address.size) == 0) {
      static_cast<void>(::chmod(path.c_str(), kOwnersSocket));
      const auto inode = inode_of(path);
      if (::listen(fd.get(), SOMAXCONN) != 0) return unexpected(last_error().message());
      // Between its name and its listening it looks as if it had been left behind.
      if (inode == 0 || inode_of(path) != inode) continue;
      return Listener(std::move(fd), UnixAddress{path}, inode);
    }
    if (errno != EADDRINUSE) return unexpected(last_error().message());
    if (auto objection = objection_to_name(path)) {
      return unexpected(fmt::format("{} {}", path, *objection));
    }
    take_away(path);
  }
  return unexpected(std::string("somebody else makes and removes it all the time"));
}

Expected<Listener, std::string> Listener::open_port(const Endpoint& endpoint) {
  auto fd = open_stream(endpoint.address.is_v4() ? AF_INET : AF_INET6);
  const auto address = to_socket_address(endpoint);
  const int yes = 1;
  const bool is_listening =
      fd.is_open() && ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
      ::bind(fd.get(), address.get(), address.size) == 0 && ::listen(fd.get(), SOMAXCONN) == 0;
  if (!is_listening) return unexpected(last_error().message());
  auto bound = endpoint;
  const auto port = local_port_of(fd.get());
  if (!port) return unexpected(last_error().message());
  bound.port = *port;
  return Listener(std::move(fd), bound, 0);
}

Listener::Listener(Listener&& other) noexcept
    : fd_(std::move(other.fd_)),
      address_(std::move(other.address_)),
      inode_(std::exchange(other.inode_, 0)) {
}

Listener::~Listener() {
  if (inode_ == 0) return;
  const auto& path = std::get<UnixAddress>(address_).path;
  if (inode_of(path) == inode_) ::unlink(path.c_str());
}

}  // namespace vmodem::net
