#include "coap_core/transmission_parameters.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

constexpr TransmissionParameters trans(Duration timeout, int retry_count) {
  return {.ack_timeout = timeout, .max_retransmit = retry_count};
}

}  // namespace

TEST_CASE("RFC 7252's own parameters give the times of its table 3") {
  const auto standard = trans(2s, 4);
  CHECK(standard.max_transmit_span() == 45s);
  CHECK(standard.max_transmit_wait() == 93s);
  CHECK(standard.exchange_lifetime() == 247s);
  CHECK(standard.non_lifetime() == 145s);
}

TEST_CASE("the exchange lifetime grows with trans") {
  CHECK(TransmissionParameters{}.exchange_lifetime() == 295s);
  CHECK(trans(2s, 5).max_transmit_wait() == 189s);
  CHECK(trans(4s, 5).exchange_lifetime() == 390s);
  CHECK(trans(4s, 5).max_transmit_wait() == 378s);
  CHECK(trans(2s, 5).non_lifetime() == 193s);
}

TEST_CASE("where the last wait outlasts both latencies the exchange lives for MAX_TRANSMIT_WAIT") {
  const auto longest = trans(60s, 8);
  CHECK(longest.max_transmit_span() + 2 * kMaxLatency + 60s == 23210s);
  CHECK(longest.max_transmit_wait() == 45990s);
  CHECK(longest.exchange_lifetime() == 45990s);
}

TEST_CASE("a random factor of 1 leaves the doubling alone") {
  const TransmissionParameters golden{
      .ack_timeout = 60s, .ack_random_factor = 1.0, .max_retransmit = 8};
  CHECK(golden.max_transmit_span() == 15300s);
  CHECK(golden.max_transmit_wait() == 30660s);
}
