#include "firmware/app/loop/clock.h"

#include <algorithm>

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

}  // namespace

MonotonicClock::MonotonicClock() : start_(std::chrono::steady_clock::now()) {
}

Instant MonotonicClock::now() const {
  return Instant(std::chrono::steady_clock::now() - start_);
}

std::unique_ptr<Clock> make_clock(const TimeConfig& config, const WallClock& wall) {
  switch (config.mode) {
    case ClockMode::kReal:
      return std::make_unique<PacedClock>(wall, 1);
    case ClockMode::kScaled:
      return std::make_unique<PacedClock>(wall, config.factor);
    case ClockMode::kVirtual:
      break;
  }
  return std::make_unique<VirtualClock>(wall, config.grace);
}

}  // namespace vmodem::app
