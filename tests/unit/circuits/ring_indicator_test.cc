#include "firmware/circuits/ring_indicator.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::firmware;

TEST_CASE("one pulse is over after its length") {
  RingIndicator ring;
  CHECK_FALSE(ring.is_active());
  CHECK_FALSE(ring.poll_timeout());
  ring.ring(Instant(1s), {120ms, 1});
  CHECK(ring.is_active());
  CHECK(ring.end() == Instant(1120ms));
  ring.handle_timeout(Instant(1119ms));
  CHECK(ring.is_active());
  ring.handle_timeout(ring.poll_timeout().value());
  CHECK_FALSE(ring.is_active());
  CHECK_FALSE(ring.poll_timeout());
  CHECK_FALSE(ring.end());
}

TEST_CASE("pulses have pauses of their own length") {
  RingIndicator ring;
  ring.ring(Instant(), {100ms, 3});
  CHECK(ring.end() == Instant(500ms));
  std::string seen;
  while (const auto edge = ring.poll_timeout()) {
    seen += ring.is_active() ? '1' : '0';
    ring.handle_timeout(*edge);
  }
  CHECK(seen == "10101");
}

TEST_CASE("a late look finds the pulse where it would be") {
  RingIndicator ring;
  ring.ring(Instant(), {100ms, 3});
  ring.handle_timeout(Instant(250ms));
  CHECK(ring.is_active());
  CHECK(ring.poll_timeout() == Instant(300ms));
}

TEST_CASE("another URC begins its pulses anew, and AT+QRIR ends them") {
  RingIndicator ring;
  ring.ring(Instant(), {100ms, 1});
  ring.ring(Instant(50ms), {100ms, 1});
  CHECK(ring.end() == Instant(150ms));
  ring.restore();
  CHECK_FALSE(ring.is_active());
  CHECK_FALSE(ring.poll_timeout());
}
