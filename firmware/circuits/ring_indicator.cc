#include "firmware/circuits/ring_indicator.h"

namespace vmodem::firmware {

void RingIndicator::ring(Instant now, const RingPulses& pulses) {
  edges_left_ = 2 * pulses.count - 1;
  length_ = pulses.length;
  next_edge_ = now + length_;
}

void RingIndicator::restore() {
  edges_left_ = 0;
}

std::optional<Instant> RingIndicator::end() const {
  if (edges_left_ == 0) return std::nullopt;
  return next_edge_ + (edges_left_ - 1) * length_;
}

void RingIndicator::handle_timeout(Instant now) {
  while (edges_left_ > 0 && next_edge_ <= now) {
    --edges_left_;
    next_edge_ += length_;
  }
}

std::optional<Instant> RingIndicator::poll_timeout() const {
  if (edges_left_ == 0) return std::nullopt;
  return next_edge_;
}

}  // namespace vmodem::firmware
