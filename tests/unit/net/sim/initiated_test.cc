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

WorldConfig with_observation() {
  auto world = one_server(hello());
  world.servers.front().initiated = {{.upon_request = 0,
                                      .upon_path = "r",
                                      .type = coap::Type::kNonConfirmable,
                                      .path = "3/0",
                                      .observes = true,
                                      .accept = 0}};
  return world;
}

// What a client says of the request that it has got last.
coap::Message answer_to(const coap::Message& request, coap::Code code, bool is_notification) {
  auto answer = request;
  answer.type = coap::Type::kConfirmable;
  answer.code = code;
  answer.options.clear();
  if (is_notification) answer.options.push_back(uint_option(coap::kObserve, 1));
  return answer;
}

TEST_CASE("A server asks everybody who has sent a request with this path") {
  WorldTimeline timeline(with_observation());
  timeline.send(con_get(1, "elsewhere"));
  timeline.run_to(1s);
  CHECK(timeline.received().size() == 1);
  timeline.send(con_get(2, "r"));
  timeline.run_to(2s);
  CHECK(timeline.received().size() == 3);
  timeline.set_client(kOther);
  timeline.send(con_get(3, "r"));
  timeline.run_to(3s);
  REQUIRE(timeline.received().size() == 5);
  CHECK(timeline.received().back().to == kOther);
  CHECK(timeline.last().options == std::vector<coap::Option>{{coap::kObserve, {}},
                                                             {kUriPath, to_bytes("3")},
                                                             {kUriPath, to_bytes("0")},
                                                             uint_option(kAccept, 0)});
}

TEST_CASE("A server takes all notifications of what it observes, until one that is none") {
  WorldTimeline timeline(with_observation());
  timeline.send(con_get(1, "r"));
  timeline.run_to(1s);
  const auto asked = timeline.last();
  static_cast<void>(timeline.take());
  auto answer = answer_to(asked, coap::Code::kContent, true);
  for (coap::MessageId id : {501, 502, 503}) {
    answer.message_id = id;
    timeline.send(answer);
  }
  CHECK(timeline.take() == Lines{"1 ACK 0.00 501", "1 ACK 0.00 502", "1 ACK 0.00 503"});

  answer = answer_to(asked, coap::Code::kNotFound, false);
  answer.message_id = 504;
  timeline.send(answer);
  answer = answer_to(asked, coap::Code::kContent, true);
  answer.message_id = 505;
  timeline.send(answer);
  CHECK(timeline.take() == Lines{"1 ACK 0.00 504", "1 RST 0.00 505"});
}

TEST_CASE("What a server waits for is bounded: the longest awaited is given up") {
  auto world = with_observation();
  world.servers.front().limits.awaited_max = 2;
  WorldTimeline timeline(std::move(world));
  std::vector<coap::Message> asked;
  for (coap::MessageId id : {1, 2, 3}) {
    timeline.send(con_get(id, "r"));
    timeline.run_to(std::chrono::seconds(id));
    asked.push_back(timeline.last());
  }
  static_cast<void>(timeline.take());
  coap::MessageId id = 500;
  for (const auto& one : asked) {
    auto answer = answer_to(one, coap::Code::kContent, true);
    answer.message_id = ++id;
    timeline.send(answer);
  }
  CHECK(timeline.take() == Lines{"3 RST 0.00 501", "3 ACK 0.00 502", "3 ACK 0.00 503"});
}

}  // namespace
}  // namespace vmodem::sim
