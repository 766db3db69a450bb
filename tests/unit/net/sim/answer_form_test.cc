#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

TEST_CASE("A CON request is answered piggybacked, a NON request by a NON of its own message ID") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(con_get(1, "r"));
  timeline.send(non_get(2, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 'hello'", "0 NON 2.05 * a1 'hello'"});
}

TEST_CASE("An empty token is answered by an empty token") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(con_get(1, "r", {.token = ""}));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 'hello'"});
}

TEST_CASE("A slow server answers piggybacked after its delay") {
  WorldTimeline timeline(one_server(hello({{.delay = 3s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(10s);
  CHECK(timeline.take() == Lines{"3 ACK 2.05 1 a1 'hello'"});
}

TEST_CASE("A separate response is a CON that is retransmitted until it is acknowledged") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate, .delay = 5s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(12s);
  CHECK(timeline.take() == Lines{"0 ACK 0.00 1", "5 CON 2.05 * a1 'hello'",
                                 "7 CON 2.05 * a1 'hello'", "11 CON 2.05 * a1 'hello'"});
  timeline.acknowledge();
  timeline.run_to(500s);
  CHECK(timeline.take().empty());
  CHECK(timeline.world().poll_timeout() == std::nullopt);
  CHECK(timeline.world().count(WorldEventKind::kAcknowledged) == 1);
}

TEST_CASE("A separate response that nobody acknowledges is given up after four retransmissions") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(1000s);
  CHECK(timeline.take() == Lines{"0 ACK 0.00 1", "1 CON 2.05 * a1 'hello'",
                                 "3 CON 2.05 * a1 'hello'", "7 CON 2.05 * a1 'hello'",
                                 "15 CON 2.05 * a1 'hello'", "31 CON 2.05 * a1 'hello'"});
  CHECK(timeline.world().count(WorldEventKind::kGaveUp) == 1);
}

TEST_CASE("A RST ends the retransmission of a separate response") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(1s);
  timeline.reset();
  timeline.run_to(100s);
  CHECK(timeline.take() == Lines{"0 ACK 0.00 1", "1 CON 2.05 * a1 'hello'"});
  CHECK(timeline.world().count(WorldEventKind::kReset) == 1);
}

TEST_CASE("A retransmission late served keeps to its schedule") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s}})));
  timeline.send(con_get(1, "r"));
  timeline.world().handle_timeout(Instant{} + 4s);
  timeline.settle();
  CHECK(timeline.world().poll_timeout() == Instant{} + 6s);
}

TEST_CASE("A separate response may come as NON, as CON to a NON, and without an ACK before it") {
  const auto answers = [](AnswerType type, bool is_acknowledged) {
    return one_server(hello({{.form = AnswerForm::kSeparate,
                              .type = type,
                              .delay = 1s,
                              .is_acknowledged = is_acknowledged}}));
  };
  WorldTimeline non(answers(AnswerType::kNonConfirmable, true));
  non.send(con_get(1, "r"));
  non.run_to(10s);
  CHECK(non.take() == Lines{"0 ACK 0.00 1", "1 NON 2.05 * a1 'hello'"});

  WorldTimeline con(answers(AnswerType::kConfirmable, true));
  con.set_polite(true);
  con.send(non_get(1, "r"));
  con.run_to(10s);
  CHECK(con.take() == Lines{"1 CON 2.05 * a1 'hello'"});

  WorldTimeline unacknowledged(answers(AnswerType::kAsRequest, false));
  unacknowledged.set_polite(true);
  unacknowledged.send(con_get(1, "r"));
  unacknowledged.run_to(10s);
  CHECK(unacknowledged.take() == Lines{"1 CON 2.05 * a1 'hello'"});
}

TEST_CASE("A delayed ACK may come after the separate response") {
  WorldTimeline timeline(
      one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s, .ack_delay = 1500ms}})));
  timeline.set_polite(true);
  timeline.send(con_get(1, "r"));
  timeline.run_to(10s);
  CHECK(timeline.take() == Lines{"1 CON 2.05 * a1 'hello'", "1.5 ACK 0.00 1"});
}

TEST_CASE("A silent resource neither acknowledges nor answers") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSilence}})));
  timeline.send(con_get(1, "r"));
  timeline.send(non_get(2, "r"));
  timeline.run_to(100s);
  CHECK(timeline.take().empty());
}

TEST_CASE("A resource may acknowledge and never answer") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kAckOnly, .ack_delay = 1s}})));
  timeline.send(con_get(1, "r"));
  timeline.send(non_get(2, "r"));
  timeline.run_to(100s);
  CHECK(timeline.take() == Lines{"1 ACK 0.00 1"});
}

TEST_CASE("A resource may answer by RST") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kReset}})));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(1, "r"));
  CHECK(timeline.take() == Lines{"0 RST 0.00 1", "0 RST 0.00 1"});
}

TEST_CASE("An answer may come in copies, at once or spread") {
  WorldTimeline at_once(one_server(hello({{.copies = 3}})));
  at_once.send(con_get(1, "r"));
  CHECK(at_once.take() == Lines(3, "0 ACK 2.05 1 a1 'hello'"));

  WorldTimeline spread(one_server(hello({{.copies = 3, .copy_interval = 2s}})));
  spread.send(con_get(1, "r"));
  spread.run_to(10s);
  CHECK(spread.take() ==
        Lines{"0 ACK 2.05 1 a1 'hello'", "2 ACK 2.05 1 a1 'hello'", "4 ACK 2.05 1 a1 'hello'"});
}

TEST_CASE("A separate CON answer comes in copies under one message ID") {
  WorldTimeline timeline(
      one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s, .copies = 2}})));
  timeline.set_polite(true);
  timeline.send(con_get(1, "r"));
  timeline.run_to(100s);
  REQUIRE(timeline.received().size() == 3);
  CHECK(timeline.received()[1].octets == timeline.received()[2].octets);
}

TEST_CASE("An answer may be any error in place of the content") {
  WorldTimeline timeline(one_server(hello({{.code = coap::Code::kServiceUnavailable}})));
  timeline.send(con_get(1, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 5.03 1 a1 'Service Unavailable'"});
}

TEST_CASE("An error may come separately") {
  WorldTimeline timeline(one_server(
      hello({{.form = AnswerForm::kSeparate, .delay = 1s, .code = coap::Code::kGatewayTimeout}})));
  timeline.set_polite(true);
  timeline.send(con_get(1, "r"));
  timeline.run_to(5s);
  CHECK(timeline.take() == Lines{"0 ACK 0.00 1", "1 CON 5.04 * a1 'Gateway Timeout'"});
}

TEST_CASE("A manner may concern some requests only, the last that applies counts") {
  WorldTimeline timeline(
      one_server(hello({{.first_request = 2, .request_count = 2, .form = AnswerForm::kSilence},
                        {.first_request = 5, .form = AnswerForm::kReset}})));
  for (coap::MessageId i = 1; i <= 6; ++i) timeline.send(con_get(i, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 'hello'", "0 ACK 2.05 4 a1 'hello'",
                                 "0 RST 0.00 5", "0 RST 0.00 6"});
}

TEST_CASE("A server's manner holds for resources without one, known or not") {
  auto world = one_server(hello());
  world.servers.front().answer = {.form = AnswerForm::kReset};
  WorldTimeline timeline(std::move(world));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "nowhere"));
  CHECK(timeline.take() == Lines{"0 RST 0.00 1", "0 RST 0.00 2"});
}

TEST_CASE("A large payload may come in one datagram") {
  auto resource = hello();
  resource.representations.front().payload.assign(4000, 'x');
  auto world = one_server(std::move(resource));
  world.servers.front().sends_blocks = false;
  WorldTimeline timeline(std::move(world));
  timeline.send(con_get(1, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 (4000 octets)"});
}

TEST_CASE("A server without diagnostics sends errors without payload") {
  auto world = one_server(hello());
  world.servers.front().manners.has_diagnostics = false;
  WorldTimeline timeline(std::move(world));
  timeline.send(con_get(1, "nowhere"));
  CHECK(timeline.take() == Lines{"0 ACK 4.04 1 a1"});
}

TEST_CASE("An address without a server is silent") {
  WorldTimeline timeline(one_server(hello()));
  timeline.set_server({kServer.address, 5684});
  timeline.send(con_get(1, "r"));
  timeline.run_to(100s);
  CHECK(timeline.take().empty());
  CHECK(timeline.world().count(WorldEventKind::kUnreachable) == 1);
  CHECK(timeline.world().has_server(kServer));
  CHECK_FALSE(timeline.world().has_server({kServer.address, 5684}));
}

TEST_CASE("A server told to be silent answers again afterwards") {
  WorldTimeline timeline(one_server(hello()));
  REQUIRE(timeline.world().set_silent(kServer, Instant{} + 10s));
  timeline.run_to(9s);
  timeline.send(con_get(1, "r"));
  timeline.run_to(10s);
  timeline.send(con_get(2, "r"));
  CHECK(timeline.take() == Lines{"10 ACK 2.05 2 a1 'hello'"});
  CHECK_FALSE(timeline.world().set_silent(kOther, Instant{}));
}

}  // namespace
}  // namespace vmodem::sim
