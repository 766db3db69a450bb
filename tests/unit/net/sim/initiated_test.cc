#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

WorldConfig with_request(coap::Type type) {
  auto world = one_server(hello());
  world.servers.front().initiated = {{.upon_request = 2,
                                      .delay = 3s,
                                      .type = type,
                                      .code = coap::Code::kPost,
                                      .path = "from/server",
                                      .payload = to_bytes("do")}};
  return world;
}

TEST_CASE("A server sends a request of its own to whoever sent its 2nd request") {
  WorldTimeline timeline(with_request(coap::Type::kConfirmable));
  timeline.send(con_get(1, "r"));
  timeline.set_client(kOther);
  timeline.send(con_get(2, "r"));
  static_cast<void>(timeline.take());
  timeline.run_to(4s);
  REQUIRE(timeline.received().size() == 3);
  CHECK(timeline.received().back().to == kOther);
  const auto message = timeline.last();
  CHECK(message.code == coap::Code::kPost);
  CHECK(message.token.size() == 4);
  CHECK(message.options ==
        std::vector<coap::Option>{{kUriPath, to_bytes("from")}, {kUriPath, to_bytes("server")}});
  CHECK(as_text(message.payload) == "do");
}

TEST_CASE("A request of the server is retransmitted until it is acknowledged") {
  WorldTimeline timeline(with_request(coap::Type::kConfirmable));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "r"));
  timeline.run_to(10s);
  CHECK(timeline.received().size() == 5);
  timeline.acknowledge();
  timeline.run_to(500s);
  CHECK(timeline.received().size() == 5);
}

TEST_CASE("A piggybacked answer to the server's request is taken, the separate one acknowledged") {
  WorldTimeline timeline(with_request(coap::Type::kConfirmable));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "r"));
  timeline.run_to(3s);
  auto answer = timeline.last();
  answer.options.clear();
  answer.code = coap::Code::kNotFound;

  SECTION("piggybacked") {
    answer.type = coap::Type::kAcknowledgement;
    timeline.send(answer);
    timeline.run_to(500s);
    CHECK(timeline.received().size() == 3);
  }
  SECTION("separate") {
    timeline.acknowledge();
    answer.type = coap::Type::kConfirmable;
    answer.message_id = 99;
    static_cast<void>(timeline.take());
    timeline.send(answer);
    CHECK(timeline.take() == Lines{"3 ACK 0.00 99"});
  }
  CHECK(timeline.world().count(WorldEventKind::kResponse) == 1);
}

TEST_CASE("A NON request of the server is sent once") {
  WorldTimeline timeline(with_request(coap::Type::kNonConfirmable));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "r"));
  timeline.run_to(500s);
  CHECK(timeline.received().size() == 3);
}

}  // namespace
}  // namespace vmodem::sim
