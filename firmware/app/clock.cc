#include "firmware/app/clock.h"

namespace vmodem::app {

MonotonicClock::MonotonicClock() : start_(std::chrono::steady_clock::now()) {
}

Instant MonotonicClock::now() const {
  return Instant(std::chrono::steady_clock::now() - start_);
}

}  // namespace vmodem::app
