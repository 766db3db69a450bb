// What servers do with what clients should not send (RFC 7252 §4.2, §4.3, §5.4).
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

TEST_CASE("A ping is answered by RST") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send_octets(octets("40 00 1234"));
  CHECK(timeline.take() == Lines{"0 RST 0.00 *"});
  CHECK(timeline.received().back().octets == octets("70 00 1234"));
}

TEST_CASE("A malformed CON is rejected, a malformed NON, ACK or RST is ignored") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send_octets(octets("40 01 0001 ff"));
  timeline.send_octets(octets("50 01 0002 ff"));
  timeline.send_octets(octets("60 45 0003 ff"));
  timeline.send_octets(octets("70 00 0004 ff"));
  timeline.send_octets(octets("50 00 0005"));
  timeline.send_octets(octets("40"));
  timeline.send_octets(octets("80 01 0006"));
  timeline.send_octets({});
  REQUIRE(timeline.received().size() == 1);
  CHECK(timeline.received().front().octets == octets("70 00 0001"));
  CHECK(timeline.world().count(WorldEventKind::kUndecodable) == 7);
}

TEST_CASE("An unknown critical option is 4.02 to a CON and RST to a NON, an elective one nothing") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(con_get(1, "r", {.options = {{65001, {}}}}));
  timeline.send(non_get(2, "r", {.options = {{65001, {}}}}));
  timeline.send(con_get(3, "r", {.options = {{65000, {}}}}));
  CHECK(timeline.take() ==
        Lines{"0 ACK 4.02 1 a1 'Bad Option'", "0 RST 0.00 2", "0 ACK 2.05 3 a1 'hello'"});
}

TEST_CASE("Servers are no proxies") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(con_get(1, "r", {.options = {{kProxyUri, to_bytes("coap://x/")}}}));
  timeline.send(con_get(2, "r", {.options = {{kProxyScheme, to_bytes("coap")}}}));
  CHECK(timeline.take() == Lines{"0 ACK 5.05 1 a1 'Proxying Not Supported'",
                                 "0 ACK 5.05 2 a1 'Proxying Not Supported'"});
}

TEST_CASE("A method that a resource does not know is 4.05, on an unknown path 4.04") {
  WorldTimeline timeline(one_server(hello()));
  constexpr auto kCon = coap::Type::kConfirmable;
  timeline.send(request(kCon, coap::Code::kPut, 1, "r"));
  timeline.send(request(kCon, coap::Code{9}, 2, "r"));
  timeline.send(request(kCon, coap::Code::kPut, 3, "nowhere"));
  timeline.send(request(kCon, coap::Code::kDelete, 4, "nowhere"));
  CHECK(timeline.take() == Lines{"0 ACK 4.05 1 a1 'Method Not Allowed'",
                                 "0 ACK 4.05 2 a1 'Method Not Allowed'",
                                 "0 ACK 4.04 3 a1 'Not Found'", "0 ACK 4.04 4 a1 'Not Found'"});
}

TEST_CASE("A response that the server did not ask for is rejected") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(request(coap::Type::kConfirmable, coap::Code::kContent, 1, ""));
  timeline.send(request(coap::Type::kNonConfirmable, coap::Code::kContent, 2, ""));
  timeline.send(request(coap::Type::kAcknowledgement, coap::Code::kContent, 3, ""));
  CHECK(timeline.take() == Lines{"0 RST 0.00 1"});
}

TEST_CASE("A reserved SZX is 4.00") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(con_get(1, "r", {.options = {uint_option(kBlock2, 7)}}));
  CHECK(timeline.take() == Lines{"0 ACK 4.00 1 a1 'Bad Request'"});
}

}  // namespace
}  // namespace vmodem::sim
