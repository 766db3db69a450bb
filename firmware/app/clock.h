// Where the loop gets the time from. Nothing below firmware/app reads a clock.
#pragma once

#include "firmware/base/time.h"

namespace vmodem::app {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// CLOCK_MONOTONIC, counted from the construction.
class MonotonicClock final : public Clock {
 public:
  MonotonicClock();
  [[nodiscard]] Instant now() const override;

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace vmodem::app
