#include "firmware/app/http/connections.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "tests/support/catch.h"

using namespace vmodem::app;
using namespace std::chrono_literals;

namespace {

constexpr WallTime kStart{1h};

// A socket whose other end is here.
class Client {
 public:
  Client() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()) == 0); }
  ~Client() {
    for (const int end : ends_) ::close(end);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] int server_end() const { return ends_[0]; }
  [[nodiscard]] bool is_ended() const {
    char octet = 0;
    return ::recv(ends_[1], &octet, 1, MSG_DONTWAIT) == 0;
  }

 private:
  std::array<int, 2> ends_{};
};

}  // namespace

TEST_CASE("where there are too many, the oldest that has not finished its request gives way") {
  Connections connections(2);
  const Client first;
  const Client second;
  const Client third;
  auto& answered = connections.add(nullptr, first.server_end(), kStart);
  static_cast<void>(connections.add(nullptr, second.server_end(), kStart + 1s));
  connections.enter(answered, Phase::kIdle, kStart + 2s);
  static_cast<void>(connections.add(nullptr, third.server_end(), kStart + 3s));
  CHECK_FALSE(first.is_ended());
  CHECK(second.is_ended());
  CHECK_FALSE(third.is_ended());
}

TEST_CASE("a stream gives way to another only where its reader does not read") {
  Connections connections(2);  // one stream
  const Client first;
  const Client second;
  auto& reader = connections.add(nullptr, first.server_end(), kStart);
  auto& other = connections.add(nullptr, second.server_end(), kStart);
  REQUIRE(connections.enter_stream(reader, kStart));
  reader.is_suspended = true;
  CHECK_FALSE(connections.enter_stream(other, kStart + 1h));
  CHECK_FALSE(first.is_ended());
  reader.is_suspended = false;
  CHECK(connections.enter_stream(other, kStart + 1h));
  CHECK(first.is_ended());
}

TEST_CASE("a request that does not come to its end in time is ended, and an idle client later") {
  Connections connections;
  const Client half;
  const Client idle;
  static_cast<void>(connections.add(nullptr, half.server_end(), kStart));
  connections.enter(connections.add(nullptr, idle.server_end(), kStart), Phase::kIdle, kStart);
  connections.end_overdue(kStart + 9s);
  CHECK_FALSE(half.is_ended());
  connections.end_overdue(kStart + 10s);
  CHECK(half.is_ended());
  CHECK_FALSE(idle.is_ended());
  connections.end_overdue(kStart + 60s);
  CHECK(idle.is_ended());
}

TEST_CASE("all bodies together are bounded: the oldest gives way") {
  Connections connections;
  const std::vector<Client> clients(5);
  const std::string part(kHttpBodySizeMax, 'x');
  for (const auto& client : clients) {
    auto& connection = connections.add(nullptr, client.server_end(), kStart);
    connections.enter(connection, Phase::kBody, kStart);
    REQUIRE(connections.append_body(connection, part, kStart));
    CHECK_FALSE(connections.append_body(connection, "y", kStart));
  }
  CHECK(clients.front().is_ended());
  CHECK_FALSE(clients.back().is_ended());
}

TEST_CASE("a connection that was erased counts no more") {
  Connections connections(1);
  const Client first;
  const Client second;
  connections.erase(connections.add(nullptr, first.server_end(), kStart));
  CHECK(connections.empty());
  static_cast<void>(connections.add(nullptr, second.server_end(), kStart));
  CHECK_FALSE(second.is_ended());
}
