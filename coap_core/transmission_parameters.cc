#include "coap_core/transmission_parameters.h"

namespace vmodem::coap {
namespace {

// ack_timeout × (2^doublings − 1) × ACK_RANDOM_FACTOR: so many waits, each twice the one before.
Duration longest_waits(const TransmissionParameters& parameters, int doublings) {
  const double units = static_cast<double>((1LL << doublings) - 1);
  return std::chrono::duration_cast<Duration>(parameters.ack_timeout * units *
                                              parameters.ack_random_factor);
}

}  // namespace

Duration TransmissionParameters::max_transmit_span() const {
  return longest_waits(*this, max_retransmit);
}

Duration TransmissionParameters::max_transmit_wait() const {
  return longest_waits(*this, max_retransmit + 1);
}

Duration TransmissionParameters::exchange_lifetime() const {
  const Duration processing_delay = ack_timeout;
  // MAX_TRANSMIT_WAIT is the longer one only if the last wait exceeds both latencies together.
  return std::max(max_transmit_span() + 2 * kMaxLatency + processing_delay, max_transmit_wait());
}

Duration TransmissionParameters::non_lifetime() const {
  return max_transmit_span() + kMaxLatency;
}

}  // namespace vmodem::coap
