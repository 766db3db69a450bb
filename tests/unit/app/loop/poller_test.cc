#include "firmware/app/loop/poller.h"

#include <sys/eventfd.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

constexpr Tag kTag{Source::kTransport, 7};

class Event {
 public:
  explicit Event(unsigned count) : fd_(::eventfd(count, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  net::UniqueFd fd_;
};

}  // namespace

TEST_CASE("a ready descriptor is told by its tag, again and again while it is ready") {
  const Event event(1);
  Poller poller;
  poller.watch(event.fd(), kTag);
  for (int i = 0; i < 2; ++i) {
    const auto ready = poller.wait(std::nullopt);
    REQUIRE(ready.size() == 1);
    CHECK(ready[0].tag == kTag);
    CHECK(ready[0].is_readable);
    CHECK_FALSE(ready[0].is_writable);
    CHECK_FALSE(ready[0].is_broken);
  }
}

TEST_CASE("only what is of interest is told") {
  const Event event(1);
  Poller poller;
  poller.watch(event.fd(), kTag, {.read = false});
  CHECK(poller.wait(Duration::zero()).empty());

  poller.change(event.fd(), kTag, {.read = false, .write = true});
  const auto ready = poller.wait(Duration::zero());
  REQUIRE(ready.size() == 1);
  CHECK(ready[0].is_writable);
  CHECK_FALSE(ready[0].is_readable);
}

TEST_CASE("nothing is told of a descriptor that is forgotten") {
  const Event event(1);
  Poller poller;
  poller.watch(event.fd(), kTag);
  poller.forget(event.fd());
  CHECK(poller.wait(Duration::zero()).empty());
}

TEST_CASE("a hang-up is told without being asked for") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const net::UniqueFd reader(ends[0]);
  Poller poller;
  poller.watch(reader.get(), kTag, {.read = false});
  ::close(ends[1]);
  const auto ready = poller.wait(std::nullopt);
  REQUIRE(ready.size() == 1);
  CHECK(ready[0].is_broken);
}

TEST_CASE("what is ready is told although a signal has ended the sleep") {
  static std::atomic<int> fd;
  const Event event(0);
  fd = event.fd();
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(fd, &one, sizeof one));
  };
  REQUIRE(::sigaction(SIGALRM, &action, &before) == 0);
  Poller poller;
  poller.watch(event.fd(), kTag);
  const itimerval soon{{0, 0}, {0, 20'000}};
  REQUIRE(::setitimer(ITIMER_REAL, &soon, nullptr) == 0);
  CHECK(poller.wait(20s).size() == 1);
  ::sigaction(SIGALRM, &before, nullptr);
}

TEST_CASE("a sleep lasts its limit, however odd, and a limit in the past does not sleep") {
  Poller poller;
  const auto start = std::chrono::steady_clock::now();
  CHECK(poller.wait(1500us).empty());
  CHECK(std::chrono::steady_clock::now() - start >= 1500us);
  CHECK(poller.wait(-5s).empty());
}
