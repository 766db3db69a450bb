#include "firmware/app/loop/clock.h"

#include "firmware/configuration/texts/clock_mode.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

class ManualWall final : public WallClock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void advance(Duration duration) { now_ += duration; }

 private:
  Instant now_{5s};
};

constexpr Instant kAt2s{2s};

// As the loop does where nothing comes.
Duration sleep(Clock& clock, ManualWall& wall, Instant deadline) {
  const auto before = wall.now();
  while (clock.now() < deadline) {
    const auto limit = clock.sleep_limit(deadline);
    REQUIRE(limit);
    wall.advance(std::max(*limit, Duration::zero()));
    clock.handle_sleep_over(deadline, true);
  }
  return wall.now() - before;
}

}  // namespace

TEST_CASE("the real clock counts from zero with the wall") {
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  CHECK(clock->now() == Instant{});
  wall.advance(1500ms);
  CHECK(clock->now() == Instant{1500ms});
  CHECK(clock->sleep_limit(kAt2s) == Duration{500ms});
  CHECK_FALSE(clock->sleep_limit(std::nullopt));
}

TEST_CASE("a scaled clock goes so many times faster, whoever is waited for") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kScaled, 100}, wall);
  for (const auto hold : {Hold::kNone, Hold::kHost, Hold::kPeer}) {
    const auto before = clock->now();
    clock->set_hold(hold);
    CHECK(clock->now() == before);
    CHECK(sleep(*clock, wall, before + 2s) == Duration{20ms});
  }
}

TEST_CASE("a virtual clock jumps when the serial line has been quiet for the grace") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  wall.advance(15ms);
  CHECK(clock->now() == Instant{});
  clock->handle_serial();
  CHECK(clock->sleep_limit(kAt2s).value() >= Duration{20ms});
  CHECK(sleep(*clock, wall, kAt2s) < Duration{21ms});
  CHECK(clock->now() == kAt2s);
}

TEST_CASE("a virtual clock that is quiet goes from deadline to deadline without another grace") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  sleep(*clock, wall, kAt2s);
  CHECK(sleep(*clock, wall, Instant{252s}) < Duration{5ms});
}

TEST_CASE("a virtual clock does not jump where something came") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  wall.advance(1s);
  clock->handle_sleep_over(kAt2s, false);
  CHECK(clock->now() == Instant{});
}

TEST_CASE(
    "a virtual clock that waits for the host stands still and jumps no earlier than the wall") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  clock->set_hold(Hold::kHost);
  wall.advance(1900ms);
  clock->handle_sleep_over(kAt2s, true);
  CHECK(clock->now() == Instant{});

  clock->handle_serial();
  CHECK(sleep(*clock, wall, kAt2s) == Duration{2s});
}

TEST_CASE("a virtual clock that waits for a real peer goes with the wall") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  clock->set_hold(Hold::kPeer);
  wall.advance(700ms);
  CHECK(clock->now() == Instant{700ms});
  CHECK(clock->sleep_limit(kAt2s) == Duration{1300ms});

  clock->set_hold(Hold::kNone);
  wall.advance(1ms);
  CHECK(clock->now() == Instant{700ms});
}

TEST_CASE("a virtual clock that nobody slows down passes a day a second at most") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 0ms}, wall);
  CHECK(sleep(*clock, wall, Instant{std::chrono::hours(48)}) == Duration{2s});
  CHECK_FALSE(clock->sleep_limit(Instant{std::chrono::hours(24 * 366 * 100)}));
}

TEST_CASE("clock modes read as they are written") {
  for (const std::string written : {"real", "virtual", "scaled:1", "scaled:10000"}) {
    auto text = written;
    REQUIRE(accept_clock(text));
    TimeConfig config;
    set_clock(config, text);
    CHECK(clock_text(config) == written);
  }
  for (std::string text :
       {"", "Real", "scaled", "scaled:", "scaled:0", "scaled:10001", "scaled:2x"}) {
    CHECK_FALSE(accept_clock(text));
  }
}
