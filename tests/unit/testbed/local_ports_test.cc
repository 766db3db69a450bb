#include "firmware/testbed/local_ports.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::testbed;
using firmware::TransportId;

TEST_CASE("each transport has a port of its own, and a port that was given back is not next") {
  LocalPorts ports;
  const auto first = ports.take(TransportId{1}, std::nullopt);
  CHECK(ports.owner(first) == TransportId{1});
  ports.release(first);
  CHECK_FALSE(ports.owner(first));
  CHECK(ports.take(TransportId{2}, std::nullopt) != first);
}

TEST_CASE("transports of one number have one port, one after the other") {
  LocalPorts ports;
  const auto kept = ports.take(TransportId{1}, 0);
  const auto other = ports.take(TransportId{2}, 1);
  CHECK(other != kept);
  ports.release(kept);
  CHECK(ports.take(TransportId{3}, 0) == kept);
  CHECK(ports.owner(kept) == TransportId{3});
}

TEST_CASE("a port that somebody else has by now is not taken from him") {
  LocalPorts ports;
  const auto kept = ports.take(TransportId{1}, 0);
  CHECK(ports.take(TransportId{2}, 0) != kept);
  CHECK(ports.owner(kept) == TransportId{1});
}
