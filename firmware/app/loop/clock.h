// The time of the simulated module, and how it follows the wall. Nothing below firmware/app reads a
// clock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "firmware/base/time.h"
#include "firmware/configuration/texts/clock_mode.h"

namespace vmodem::app {

class WallClock {
 public:
  virtual ~WallClock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// CLOCK_MONOTONIC, counted from the construction.
class MonotonicClock final : public WallClock {
 public:
  MonotonicClock();
  [[nodiscard]] Instant now() const override;

 private:
  std::chrono::steady_clock::time_point start_;
};

// What keeps a virtual time to the pace of the wall.
enum class Hold : std::uint8_t {
  kNone,
  kHost,  // the host is waited for, or a timer that waits for it is running
  kPeer,  // somebody in the real network may be about to answer
};

// How the loop uses it: set_hold(), sleep for sleep_limit() at most, handle_sleep_over(), and then
// all that has come happens at now().
class Clock {
 public:
  virtual ~Clock() = default;
  // Of the simulated module. Never goes back.
  [[nodiscard]] virtual Instant now() const = 0;
  virtual void set_hold(Hold hold) = 0;
  // Octets have crossed the serial line.
  virtual void handle_serial() = 0;
  // The wall's time until `deadline` may be here; nothing: not before something else happens.
  [[nodiscard]] virtual std::optional<Duration> sleep_limit(
      std::optional<Instant> deadline) const = 0;
  // `deadline` is that of sleep_limit(); quiet: nothing came meanwhile.
  virtual void handle_sleep_over(std::optional<Instant> deadline, bool is_quiet) = 0;
};

// `wall` outlives the clock.
[[nodiscard]] std::unique_ptr<Clock> make_clock(const TimeConfig& config, const WallClock& wall);

}  // namespace vmodem::app
