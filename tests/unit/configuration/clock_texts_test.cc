#include "firmware/configuration/texts/clock.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

constexpr CalendarTime kHostTime =
    std::chrono::sys_days(std::chrono::year{2026} / std::chrono::November / 23) + 1h;
constexpr ClockSources kSources{.host = kHostTime, .automatic = kHostTime + 1h};

struct Row {
  const char* text;
  const char* canonical;  // null: not allowed
};

}  // namespace

TEST_CASE("the start of the clock is a time of RFC 3339 with its zone") {
  const auto row =
      GENERATE(Row{"host", "host"}, Row{"1980-01-01T00:00:00Z", "1980-01-01T00:00:00Z"},
               Row{"2079-12-31T23:59:59+14:00", "2079-12-31T23:59:59+14:00"},
               Row{"2024-02-29t12:00:00z", "2024-02-29T12:00:00Z"},
               Row{"2024-02-29T12:00:00-12:00", "2024-02-29T12:00:00-12:00"},
               Row{"2024-02-29T12:00:00+05:45", "2024-02-29T12:00:00+05:45"},
               Row{"2024-02-29T12:00:00-00:00", "2024-02-29T12:00:00Z"}, Row{"", nullptr},
               Row{"1979-12-31T23:59:59Z", nullptr}, Row{"2080-01-01T00:00:00Z", nullptr},
               Row{"2023-02-29T12:00:00Z", nullptr}, Row{"2024-13-01T12:00:00Z", nullptr},
               Row{"2024-02-29T24:00:00Z", nullptr}, Row{"2024-02-29T12:60:00Z", nullptr},
               Row{"2024-02-29T12:00:60Z", nullptr}, Row{"2024-02-29 12:00:00Z", nullptr},
               Row{"2024-02-29T12:00:00", nullptr}, Row{"2024-02-29T12:00Z", nullptr},
               Row{"2024-02-29T12:00:00.5Z", nullptr}, Row{"2024-02-29T12:00:00+14:15", nullptr},
               Row{"2024-02-29T12:00:00-12:15", nullptr}, Row{"2024-02-29T12:00:00+01:10", nullptr},
               Row{"2024-02-29T12:00:00+1:00", nullptr}, Row{"2024-02-29T12:00:00Z ", nullptr},
               Row{"2024-2-29T12:00:00Z", nullptr}, Row{"+024-02-29T12:00:00Z", nullptr},
               Row{"Host", nullptr});
  CAPTURE(row.text);
  std::string text = row.text;
  REQUIRE(accept_start_time(text) == (row.canonical != nullptr));
  if (row.canonical != nullptr) CHECK(text == row.canonical);
}

TEST_CASE("the network's time is kept as UTC, or there is none") {
  const auto row = GENERATE(Row{"", ""}, Row{"host", "host"}, Row{"auto", "auto"},
                            Row{"2024-02-29T12:00:00+08:00", "2024-02-29T04:00:00Z"},
                            Row{"2024-02-29T20:00:00-05:30", "2024-03-01T01:30:00Z"},
                            Row{"1980-01-01T00:00:00+01:00", nullptr}, Row{"now", nullptr});
  CAPTURE(row.text);
  std::string text = row.text;
  REQUIRE(accept_network_time(text) == (row.canonical != nullptr));
  if (row.canonical != nullptr) CHECK(text == row.canonical);
}

TEST_CASE("by default the clock starts at the epoch and the network tells what the run gives it") {
  const auto clock = make_clock({}, {.host = kHostTime, .automatic = kHostTime + 1h});
  CHECK(clock.start.shown == firmware::kClockEpoch);
  CHECK(clock.start.zone == 0);
  REQUIRE(clock.network);
  CHECK(clock.network->utc == kHostTime + 1h);
  CHECK(clock.network->zone == 0);
}

TEST_CASE("a network without a time tells none") {
  CHECK_FALSE(make_clock({.network = ""}, kSources).network);
}

TEST_CASE("the clock shows the local time that was given, the network tells UTC and the zone") {
  const auto clock =
      make_clock({"2026-11-23T03:00:00+02:00", "2026-11-23T02:30:00Z", -14, 1}, kSources);
  CHECK(clock.start.shown == kHostTime + 2h);
  CHECK(clock.start.zone == 8);
  REQUIRE(clock.network);
  CHECK(clock.network->utc == kHostTime + 90min);
  CHECK(clock.network->zone == -14);
  CHECK(clock.network->daylight_saving == 1);
}

TEST_CASE("either may follow the computer's clock, which is UTC") {
  const auto clock = make_clock({"host", "host", 4, 0}, kSources);
  CHECK(clock.start.shown == kHostTime);
  CHECK(clock.start.zone == 0);
  REQUIRE(clock.network);
  CHECK(clock.network->utc == kHostTime);
  CHECK(clock.network->zone == 4);
}
