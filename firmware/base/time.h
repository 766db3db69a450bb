// Time as a value. Nothing below firmware/app reads a clock: every handler is told the instant.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace vmodem {

using Duration = std::chrono::nanoseconds;

// The module's own time line; it starts at zero where the driver says so and never runs back.
struct ModuleTime {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<ModuleTime, Duration>;
  static constexpr bool is_steady = true;
};
using Instant = ModuleTime::time_point;

// What a calendar tells: UTC, without leap seconds.
using CalendarTime = std::chrono::sys_time<Duration>;

using namespace std::chrono_literals;

// The earlier of two deadlines, where an absent one means "never".
constexpr std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

}  // namespace vmodem
