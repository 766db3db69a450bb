#include "net/sockets/listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

Expected<Listener, std::string> open_at(const std::string& path) {
  return Listener::open(net::UnixAddress{path});
}

// As a process leaves it that is killed.
void leave_socket(const std::string& path) {
  const net::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace

TEST_CASE("a socket with a name is its owner's alone and goes at the end") {
  const test::Folder folder;
  const auto path = folder.file("socket");
  {
    const auto listener = open_at(path);
    REQUIRE(listener);
    CHECK(to_string(listener->address()) == "unix:" + path);
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);
  }
  CHECK_FALSE(exists(path));
}

TEST_CASE("the folder of sockets is made, for its owner alone") {
  const test::Folder folder;
  const auto listener = open_at(folder.file("vmodem") + "/1");
  REQUIRE(listener);
  struct stat status {};
  REQUIRE(::stat(folder.file("vmodem").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0700);
}

TEST_CASE("a name that was left behind is taken") {
  const test::Folder folder;
  const auto path = folder.file("socket");
  leave_socket(path);
  CHECK(open_at(path));
}

TEST_CASE("the name of a living process is refused with its number, and stays") {
  const test::Folder folder;
  const auto path = folder.file("socket");
  const auto first = open_at(path);
  REQUIRE(first);
  const auto second = open_at(path);
  REQUIRE_FALSE(second);
  CHECK(second.error().find("running process, " + std::to_string(::getpid())) != std::string::npos);
  CHECK(exists(path));
}

TEST_CASE("what is no socket is refused and stays") {
  const test::Folder folder;
  const auto path = folder.file("file");
  std::ofstream(path) << "precious";
  const auto listener = open_at(path);
  REQUIRE_FALSE(listener);
  CHECK(listener.error().find("is there and is no socket") != std::string::npos);
  CHECK(exists(path));
}

TEST_CASE("a name that somebody else has taken meanwhile stays at the end") {
  const test::Folder folder;
  const auto path = folder.file("socket");
  {
    const auto listener = open_at(path);
    REQUIRE(listener);
    REQUIRE(::unlink(path.c_str()) == 0);
    std::ofstream(path) << "somebody else's";
  }
  CHECK(exists(path));
}

TEST_CASE("a port that is any becomes one") {
  const auto listener = Listener::open(net::Endpoint{net::IpAddress::v4({127, 0, 0, 1}), 0});
  REQUIRE(listener);
  CHECK(std::get<net::Endpoint>(listener->address()).port != 0);
  const auto again = Listener::open(listener->address());
  REQUIRE_FALSE(again);
  CHECK(again.error().find("cannot listen on tcp://127.0.0.1:") == 0);
}
