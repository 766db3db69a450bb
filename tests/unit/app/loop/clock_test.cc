#include "firmware/app/loop/clock.h"

#include <vector>

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

namespace {

// The instants at which a loop would handle these deadlines, until nothing moves any more.
std::vector<Instant> handled(SteeredClock& clock, std::vector<Instant> deadlines) {
  std::vector<Instant> instants;
  while (clock.is_moving()) {
    CHECK(clock.sleep_limit(std::nullopt) == Duration::zero());
    const auto next = deadlines.empty() ? std::nullopt : std::optional(deadlines.front());
    clock.handle_sleep_over(next, true);
    while (!deadlines.empty() && deadlines.front() <= clock.now()) {
      instants.push_back(clock.now());
      deadlines.erase(deadlines.begin());
    }
  }
  return instants;
}

}  // namespace

TEST_CASE("a manual clock goes nowhere by itself and cannot be let go") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kManual}, wall);
  wall.advance(1h);
  clock->handle_sleep_over(kAt2s, true);
  CHECK(clock->now() == Instant{});
  CHECK_FALSE(clock->sleep_limit(kAt2s));
  CHECK(clock->is_paused());
  CHECK_FALSE(clock->run());
  CHECK(clock->mode() == "manual");
}

TEST_CASE("what is due already is handled by a clock that stands") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kManual}, wall);
  CHECK(clock->sleep_limit(Instant{}) == Duration::zero());
}

TEST_CASE("an advance handles each deadline at its own instant, in order, and then stands there") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kManual}, wall);
  REQUIRE(clock->advance(3s));
  CHECK(handled(*clock, {Instant{1s}, Instant{1s}, Instant{2500ms}, Instant{3s}, Instant{4s}}) ==
        std::vector{Instant{1s}, Instant{1s}, Instant{2500ms}, Instant{3s}});
  CHECK(clock->now() == Instant{3s});
  CHECK_FALSE(clock->sleep_limit(Instant{4s}));
}

TEST_CASE("two advances add up, and one of zero is over at once") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kManual}, wall);
  REQUIRE(clock->advance(3s));
  REQUIRE(clock->advance(4s));
  CHECK(handled(*clock, {}).empty());
  CHECK(clock->now() == Instant{7s});
  REQUIRE(clock->advance(0s));
  CHECK(handled(*clock, {}).empty());
  CHECK(clock->now() == Instant{7s});
  CHECK_FALSE(clock->advance(-1s));
}

TEST_CASE("a step goes to the next deadline, or nowhere where there is none") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kManual}, wall);
  REQUIRE(clock->step());
  CHECK_FALSE(clock->step());
  CHECK(handled(*clock, {Instant{4s}, Instant{9s}}) == std::vector{Instant{4s}});
  REQUIRE(clock->step());
  CHECK(handled(*clock, {}).empty());
  CHECK(clock->now() == Instant{4s});
}

TEST_CASE("a clock that was paused goes on from where it stood") {
  for (const TimeConfig config : {TimeConfig{}, TimeConfig{ClockMode::kScaled, 10}}) {
    ManualWall wall;
    const auto clock = make_clock(config, wall);
    wall.advance(1s);
    const auto stood = clock->now();
    CHECK_FALSE(clock->step());
    REQUIRE(clock->pause());
    wall.advance(1h);
    CHECK(clock->now() == stood);
    CHECK_FALSE(clock->sleep_limit(stood + 1s));
    REQUIRE(clock->run());
    CHECK(clock->now() == stood);
    CHECK(sleep(*clock, wall, stood + 2s) == Duration{2s} / config.factor);
  }
}

TEST_CASE("a clock that goes may be sent ahead, and goes on from there") {
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  wall.advance(1s);
  REQUIRE(clock->advance(30s));
  wall.advance(1s);
  CHECK(handled(*clock, {Instant{5s}}) == std::vector{Instant{5s}});
  CHECK(clock->now() == Instant{31s});
  wall.advance(2s);
  CHECK(clock->now() == Instant{33s});
}

TEST_CASE("a virtual clock that was sent ahead jumps on from there") {
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  REQUIRE(clock->advance(10s));
  CHECK(handled(*clock, {}).empty());
  clock->handle_serial();
  CHECK(sleep(*clock, wall, Instant{12s}) < Duration{21ms});
  CHECK(clock->now() == Instant{12s});
}

TEST_CASE("a pause ends an advance where it is") {
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  REQUIRE(clock->advance(30s));
  clock->handle_sleep_over(Instant{5s}, true);
  REQUIRE(clock->pause());
  CHECK_FALSE(clock->is_moving());
  CHECK(clock->now() == Instant{5s});
}

TEST_CASE("clock modes read as they are written") {
  for (const std::string written : {"real", "virtual", "manual", "scaled:1", "scaled:10000"}) {
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

TEST_CASE("a clock that is set ends the move it was on, and goes on from there") {
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  REQUIRE(clock->advance(1h));
  REQUIRE(clock->is_moving());
  clock->set_now(kAt2s);
  CHECK_FALSE(clock->is_moving());
  CHECK(clock->now() == kAt2s);
  wall.advance(1500ms);
  CHECK(clock->now() == Instant{3500ms});
}

TEST_CASE("a paused clock that is set stands there") {
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  REQUIRE(clock->pause());
  REQUIRE(clock->step());
  clock->set_now(kAt2s);
  wall.advance(1500ms);
  CHECK_FALSE(clock->is_moving());
  CHECK(clock->is_paused());
  CHECK(clock->now() == kAt2s);
}
