#include "net/sockets/resolver.h"

#include <poll.h>

#include <condition_variable>
#include <mutex>

#include "net/sockets/system_lookup.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

// Look-ups that hang until the test lets them go.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

LookupResult loopback() {
  return std::vector<IpAddress>{*parse_ip_address("127.0.0.1")};
}

std::optional<LookupAnswer> wait_answer(Resolver& resolver) {
  for (;;) {
    if (auto answer = resolver.poll_answer()) return answer;
    pollfd ready{resolver.fd(), POLLIN, 0};
    if (::poll(&ready, 1, 20'000) != 1) return std::nullopt;
  }
}

}  // namespace

TEST_CASE("a look-up is answered under its own id and readiness ends with the last answer") {
  Resolver resolver([](const std::string& name) -> LookupResult {
    if (name == "good") return loopback();
    return unexpected(name + " is unknown");
  });
  const auto good = resolver.look_up("good");
  const auto first = wait_answer(resolver);
  REQUIRE(first);
  CHECK(first->id == good);
  CHECK(first->result == loopback());

  const auto bad = resolver.look_up("bad");
  const auto second = wait_answer(resolver);
  REQUIRE(second);
  CHECK(second->id == bad);
  REQUIRE_FALSE(second->result);
  CHECK(second->result.error() == "bad is unknown");

  CHECK_FALSE(resolver.poll_answer());
  pollfd ready{resolver.fd(), POLLIN, 0};
  CHECK(::poll(&ready, 1, 0) == 0);
}

TEST_CASE("a look-up that hangs holds up no other") {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver([gate](const std::string& name) -> LookupResult {
    if (name == "hangs") gate->wait();
    return loopback();
  });
  const auto hangs = resolver.look_up("hangs");
  const auto quick = resolver.look_up("quick");
  const auto first = wait_answer(resolver);
  REQUIRE(first);
  CHECK(first->id == quick);
  CHECK(resolver.has_running_lookup());

  gate->open();
  const auto second = wait_answer(resolver);
  REQUIRE(second);
  CHECK(second->id == hangs);
  CHECK_FALSE(resolver.has_running_lookup());
}

TEST_CASE("the late answer of a cancelled look-up is dropped") {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver([gate](const std::string& name) -> LookupResult {
    if (name == "late") gate->wait();
    return loopback();
  });
  resolver.cancel(resolver.look_up("late"));
  gate->open();
  while (resolver.has_running_lookup()) {
    pollfd ready{resolver.fd(), POLLIN, 0};
    REQUIRE(::poll(&ready, 1, 20'000) == 1);
  }
  CHECK_FALSE(resolver.poll_answer());

  const auto next = resolver.look_up("next");
  const auto answer = wait_answer(resolver);
  REQUIRE(answer);
  CHECK(answer->id == next);
}

TEST_CASE("a resolver ends while its look-up hangs") {
  const auto gate = std::make_shared<Gate>();
  {
    Resolver resolver([gate](const std::string&) -> LookupResult {
      gate->wait();
      return loopback();
    });
    static_cast<void>(resolver.look_up("hangs"));
  }
  gate->open();
  SUCCEED("the destructor returned before the look-up did");
}

TEST_CASE("look-ups beyond the bound are answered with a failure at once") {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver([gate](const std::string&) -> LookupResult {
    gate->wait();
    return loopback();
  });
  for (int i = 0; i < Resolver::kThreadsMax; ++i) static_cast<void>(resolver.look_up("hangs"));
  const auto beyond = resolver.look_up("one.more");
  const auto answer = resolver.poll_answer();
  REQUIRE(answer);
  CHECK(answer->id == beyond);
  REQUIRE_FALSE(answer->result);
  CHECK(answer->result.error() == "one.more: too many look-ups hang already");
  gate->open();
}

TEST_CASE("names below localhost are this machine without a hosts file's word") {
  const auto look_up = system_lookup(NetworkMode::kLoopback);
  for (const auto* name : {"vmodem-test.localhost", "vmodem-test.LocalHost"}) {
    const auto found = look_up(name);
    REQUIRE(found);
    CHECK(found->front().is_loopback());
  }
  CHECK_FALSE(look_up("notlocalhost"));
}

TEST_CASE("in loopback mode the hosts file answers and an unknown name says what was asked") {
  const auto look_up = system_lookup(NetworkMode::kLoopback);
  const auto known = look_up("localhost");
  REQUIRE(known);
  REQUIRE_FALSE(known->empty());
  CHECK(known->front().is_loopback());

  const auto unknown = look_up("no-such-name.invalid");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().find("no-such-name.invalid: ") == 0);
  CHECK(unknown.error().find("hosts file only") != std::string::npos);
}
