// RFC 7252 §4.8: the parameters a user sets and the times that follow from them.
#pragma once

#include "firmware/base/time.h"

namespace vmodem::coap {

struct TransmissionParameters {
  Duration ack_timeout = 2s;       // the note's "trans" timeout, 2–60 s
  double ack_random_factor = 1.5;  // >= 1.0 (RFC 7252 §4.8.1)
  int max_retransmit = 5;          // the note's retry count, 4–8

  // RFC 7252 §4.8.2, with MAX_LATENCY = 100 s and PROCESSING_DELAY = ack_timeout.
  [[nodiscard]] Duration max_transmit_span() const;
  [[nodiscard]] Duration max_transmit_wait() const;
  // EXCHANGE_LIFETIME, or MAX_TRANSMIT_WAIT where the last wait is longer than MAX_LATENCY
  // (then a late ACK could still arrive for a message that the formula has already forgotten).
  [[nodiscard]] Duration exchange_lifetime() const;
  [[nodiscard]] Duration non_lifetime() const;
};

inline constexpr Duration kMaxLatency = 100s;

}  // namespace vmodem::coap
