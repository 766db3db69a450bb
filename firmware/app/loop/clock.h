// The time of the simulated module, and how it follows the wall. Nothing below firmware/app reads a
// clock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "firmware/base/time.h"
#include "firmware/configuration/texts/clock_mode.h"
#include "firmware/control/time_control.h"

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

// A clock that somebody may stop, move on and let go again; until then it goes as the one inside.
// The manual one has never been let go. On its way through an advance() it stops at each deadline,
// so that each is handled at its own instant and in order; all else goes on in between.
class SteeredClock final : public Clock, public control::TimeControl {
 public:
  SteeredClock(std::unique_ptr<Clock> inner, const TimeConfig& config);

  [[nodiscard]] Instant now() const override { return stands() ? at_ : inner_->now() + offset_; }
  void set_hold(Hold hold) override { inner_->set_hold(hold); }
  void handle_serial() override { inner_->handle_serial(); }
  [[nodiscard]] std::optional<Duration> sleep_limit(std::optional<Instant> deadline) const override;
  void handle_sleep_over(std::optional<Instant> deadline, bool is_quiet) override;

  // What a run that was played again has come to. A move that was under way has not begun.
  void set_now(Instant now);

  bool pause() override;
  bool run() override;
  bool advance(Duration by) override;
  // Of a clock that is paused.
  bool step() override;
  [[nodiscard]] bool is_paused() const override { return is_paused_; }
  [[nodiscard]] std::string mode() const override { return mode_; }

  // Not yet where advance() or step() has sent it.
  [[nodiscard]] bool is_moving() const { return target_ || is_stepping_; }

 private:
  [[nodiscard]] bool stands() const { return is_paused_ || is_moving(); }
  void stand();
  void let_go();
  void move(std::optional<Instant> deadline);

  std::unique_ptr<Clock> inner_;
  std::string mode_;
  bool can_run_;
  bool is_paused_;
  bool is_stepping_ = false;
  std::optional<Instant> target_;
  Instant at_{};        // where it stands
  Duration offset_{0};  // to the one inside, where it goes
};

// `wall` outlives the clock.
[[nodiscard]] std::unique_ptr<SteeredClock> make_clock(const TimeConfig& config,
                                                       const WallClock& wall);

}  // namespace vmodem::app
