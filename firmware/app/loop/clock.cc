#include "firmware/app/loop/clock.h"

#include <algorithm>
#include <utility>

namespace vmodem::app {
namespace {

// `factor` times as fast as the wall, whoever is waited for.
class PacedClock final : public Clock {
 public:
  PacedClock(const WallClock& wall, int factor)
      : wall_(wall), factor_(factor), wall_base_(wall.now()) {}

  Instant now() const override { return Instant{} + (wall_.now() - wall_base_) * factor_; }

  void set_hold(Hold) override {}
  void handle_serial() override {}

  std::optional<Duration> sleep_limit(std::optional<Instant> deadline) const override {
    if (!deadline) return std::nullopt;
    // Rounded up: a sleep that ends before its deadline would be taken twice.
    return (*deadline - now() + Duration(factor_ - 1)) / factor_;
  }

  void handle_sleep_over(std::optional<Instant>, bool) override {}

 private:
  const WallClock& wall_;
  int factor_;
  Instant wall_base_;
};

// Stands still, and jumps from deadline to deadline. Held by the host it jumps no earlier than the
// wall would have come there; held by a peer it goes with the wall.
class VirtualClock final : public Clock {
 public:
  VirtualClock(const WallClock& wall, Duration grace)
      : wall_(wall), grace_(grace), quiet_since_(wall.now()) {}

  Instant now() const override {
    return hold_ == Hold::kPeer ? base_ + (wall_.now() - wall_base_) : base_;
  }

  void set_hold(Hold hold) override {
    if (hold == hold_) return;
    base_ = now();
    wall_base_ = wall_.now();
    hold_ = hold;
    restart();
  }

  void handle_serial() override { restart(); }

  std::optional<Duration> sleep_limit(std::optional<Instant> deadline) const override {
    if (!deadline || *deadline > kEnd) return std::nullopt;
    switch (hold_) {
      case Hold::kPeer:
        return *deadline - now();
      case Hold::kHost:
        return due(*deadline - quiet_from_);
      case Hold::kNone:
        break;
    }
    return due(grace_ + (*deadline - quiet_from_) / kSpeedMax);
  }

  void handle_sleep_over(std::optional<Instant> deadline, bool is_quiet) override {
    if (hold_ == Hold::kPeer || !is_quiet) return;
    const auto limit = sleep_limit(deadline);
    if (limit && *limit <= Duration::zero()) base_ = std::max(base_, *deadline);
  }

 private:
  // Without a bound, a timer that repeats for ever would take all the processor and overrun the
  // time.
  static constexpr int kSpeedMax = 86400;
  static constexpr Instant kEnd{std::chrono::hours(24 * 365 * 100)};

  void restart() {
    quiet_since_ = wall_.now();
    quiet_from_ = now();
  }

  [[nodiscard]] Duration due(Duration after) const { return after - (wall_.now() - quiet_since_); }

  const WallClock& wall_;
  Duration grace_;
  Hold hold_ = Hold::kNone;
  Instant base_{};
  Instant wall_base_{};
  Instant quiet_since_;   // on the wall
  Instant quiet_from_{};  // the same moment here
};

// Goes nowhere by itself.
class StandingClock final : public Clock {
 public:
  Instant now() const override { return Instant{}; }
  void set_hold(Hold) override {}
  void handle_serial() override {}
  std::optional<Duration> sleep_limit(std::optional<Instant>) const override {
    return std::nullopt;
  }
  void handle_sleep_over(std::optional<Instant>, bool) override {}
};

std::unique_ptr<Clock> make_inner_clock(const TimeConfig& config, const WallClock& wall) {
  switch (config.mode) {
    case ClockMode::kReal:
      return std::make_unique<PacedClock>(wall, 1);
    case ClockMode::kScaled:
      return std::make_unique<PacedClock>(wall, config.factor);
    case ClockMode::kVirtual:
      return std::make_unique<VirtualClock>(wall, config.grace);
    case ClockMode::kManual:
      break;
  }
  return std::make_unique<StandingClock>();
}

// Far from where a Duration ends.
constexpr Duration kAdvanceMax = std::chrono::hours(24 * 365 * 100);

}  // namespace

MonotonicClock::MonotonicClock() : start_(std::chrono::steady_clock::now()) {
}

Instant MonotonicClock::now() const {
  return Instant(std::chrono::steady_clock::now() - start_);
}

SteeredClock::SteeredClock(std::unique_ptr<Clock> inner, const TimeConfig& config)
    : inner_(std::move(inner)),
      mode_(clock_text(config)),
      can_run_(config.mode != ClockMode::kManual),
      is_paused_(!can_run_) {
}

void SteeredClock::set_now(Instant now) {
  target_.reset();
  is_stepping_ = false;
  at_ = now;
  offset_ = now - inner_->now();
}

std::optional<Duration> SteeredClock::sleep_limit(std::optional<Instant> deadline) const {
  if (is_moving()) return Duration::zero();
  if (is_paused_) {
    const bool is_due = deadline && *deadline <= at_;
    return is_due ? std::optional(Duration::zero()) : std::nullopt;
  }
  return inner_->sleep_limit(deadline ? std::optional(*deadline - offset_) : std::nullopt);
}

void SteeredClock::handle_sleep_over(std::optional<Instant> deadline, bool is_quiet) {
  if (is_moving()) return move(deadline);
  if (is_paused_) return;
  inner_->handle_sleep_over(deadline ? std::optional(*deadline - offset_) : std::nullopt, is_quiet);
}

bool SteeredClock::pause() {
  stand();
  is_paused_ = true;
  is_stepping_ = false;
  target_.reset();
  return true;
}

bool SteeredClock::run() {
  if (!can_run_) return false;
  is_paused_ = false;
  if (!is_moving()) let_go();
  return true;
}

bool SteeredClock::advance(Duration by) {
  if (is_stepping_ || by < Duration::zero() || by > kAdvanceMax) return false;
  const auto from = target_.value_or(now());
  if (from.time_since_epoch() > kAdvanceMax) return false;
  stand();
  target_ = from + by;
  return true;
}

bool SteeredClock::step() {
  if (!is_paused_ || is_moving()) return false;
  is_stepping_ = true;
  return true;
}

void SteeredClock::stand() {
  if (!stands()) at_ = inner_->now() + offset_;
}

void SteeredClock::let_go() {
  offset_ = at_ - inner_->now();
}

// As far as the next deadline. The target is reached when none is left before it.
void SteeredClock::move(std::optional<Instant> deadline) {
  if (std::exchange(is_stepping_, false)) target_ = deadline ? std::max(at_, *deadline) : at_;
  const bool is_last = !deadline || *deadline > *target_;
  at_ = is_last ? *target_ : std::max(at_, *deadline);
  if (!is_last) return;
  target_.reset();
  if (!is_paused_) let_go();
}

std::unique_ptr<SteeredClock> make_clock(const TimeConfig& config, const WallClock& wall) {
  return std::make_unique<SteeredClock>(make_inner_clock(config, wall), config);
}

}  // namespace vmodem::app
