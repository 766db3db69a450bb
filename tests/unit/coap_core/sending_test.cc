#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

TEST_CASE("a second confirmable message waits until the first is concluded") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  REQUIRE(line.send(con_get(2)));
  line.run_to(1s);
  line.receive(empty(Type::kAcknowledgement, 1));
  line.run_to(2s);
  line.receive(empty(Type::kAcknowledgement, 2));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "1 <- ACK 0.00 1", "1 -> CON 0.01 2",
                             "1 CON 0.01 1 acknowledged", "2 <- ACK 0.00 2",
                             "2 CON 0.01 2 acknowledged"});
}

TEST_CASE("a message that waited starts its schedule when it leaves") {
  Timeline line({.parameters = {.ack_timeout = 2s, .ack_random_factor = 1.0, .max_retransmit = 4}});
  REQUIRE(line.send(con_get(1)));
  REQUIRE(line.send(con_get(2)));
  line.run_to(63s);
  CHECK(line.layer().poll_timeout() == Instant{64s});
  CHECK(line.datagrams().back() == octets("40 01 0002"));
}

TEST_CASE("eight confirmable messages wait, the ninth is refused, and the order is kept") {
  Timeline line;
  REQUIRE(line.send(con_get(100)));
  for (MessageId id = 1; id <= 8; ++id) REQUIRE(line.send(con_get(id)));
  const auto ninth = line.layer().send(line.now(), con_get(9));
  REQUIRE_FALSE(ninth);
  CHECK(ninth.error() == SendError::kQueueFull);

  line.receive(empty(Type::kAcknowledgement, 100));
  for (MessageId id = 1; id <= 8; ++id) {
    CHECK(line.datagrams().back() == octets("40 01 000" + std::to_string(id)));
    line.receive(empty(Type::kAcknowledgement, id));
  }
  CHECK_FALSE(line.layer().has_exchange_in_flight());
}

TEST_CASE("NON, ACK and RST pass a waiting confirmable message, even past a full queue") {
  Timeline line({.options = {.queue_size_max = 1}});
  REQUIRE(line.send(con_get(1)));
  REQUIRE(line.send(con_get(2)));
  REQUIRE_FALSE(line.send(con_get(3)));
  static_cast<void>(line.take());
  REQUIRE(line.send(non_get(4)));
  REQUIRE(line.send(empty(Type::kAcknowledgement, 5)));
  REQUIRE(line.send(empty(Type::kReset, 6)));
  CHECK(line.take() == Lines{"0 -> NON 0.01 4", "0 NON 0.01 4 sent", "0 -> ACK 0.00 5",
                             "0 ACK 0.00 5 sent", "0 -> RST 0.00 6", "0 RST 0.00 6 sent"});
}

TEST_CASE("what the network refuses without a retransmission to come is not sent") {
  Timeline line;
  line.set_network_up(false);
  REQUIRE(line.send(non_get(4)));
  REQUIRE(line.send(empty(Type::kAcknowledgement, 5)));
  REQUIRE(line.send(empty(Type::kReset, 6)));
  CHECK(line.take() == Lines{"0 -> NON 0.01 4", "0 NON 0.01 4 not sent", "0 -> ACK 0.00 5",
                             "0 ACK 0.00 5 not sent", "0 -> RST 0.00 6", "0 RST 0.00 6 not sent"});
}

TEST_CASE("two in flight with nstart 2, the third waits") {
  Timeline line({.options = {.nstart = 2}});
  REQUIRE(line.send(con_get(1)));
  REQUIRE(line.send(con_get(2)));
  REQUIRE(line.send(con_get(3)));
  line.receive(empty(Type::kAcknowledgement, 2));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "0 -> CON 0.01 2", "0 <- ACK 0.00 2",
                             "0 -> CON 0.01 3", "0 CON 0.01 2 acknowledged"});
}

TEST_CASE("two exchanges keep their own timers") {
  Timeline line({.options = {.nstart = 2}});
  REQUIRE(line.send(con_get(1)));
  line.run_to(1s);
  REQUIRE(line.send(con_get(2)));
  line.run_to(12s);
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "1 -> CON 0.01 2", "4 -> CON 0.01 1",
                             "4 1 retransmission 1 sent", "5 -> CON 0.01 2",
                             "5 2 retransmission 1 sent", "12 -> CON 0.01 1",
                             "12 1 retransmission 1 timed out", "12 1 retransmission 2 sent"});
}

TEST_CASE("a message ID in flight is refused where there is room for a second exchange") {
  Timeline line({.options = {.nstart = 2}});
  REQUIRE(line.send(con_get(1, "aa")));
  REQUIRE(line.send(con_get(1, "bb")));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1 aa", "0 CON 0.01 1 message ID in use"});
}

TEST_CASE("a message ID in flight waits in the queue and holds its followers up") {
  Timeline line({.options = {.nstart = 2}});
  REQUIRE(line.send(con_get(1, "aa")));
  REQUIRE(line.send(con_get(2, "bb")));
  REQUIRE(line.send(con_get(1, "cc")));
  REQUIRE(line.send(con_get(3, "dd")));
  static_cast<void>(line.take());
  line.receive(empty(Type::kAcknowledgement, 2));
  CHECK(line.take() == Lines{"0 <- ACK 0.00 2", "0 CON 0.01 2 acknowledged"});
  REQUIRE(line.send(con_get(4, "ee")));
  CHECK(line.take().empty());
  line.receive(empty(Type::kAcknowledgement, 1));
  CHECK(line.take() == Lines{"0 <- ACK 0.00 1", "0 -> CON 0.01 1 cc", "0 -> CON 0.01 3 dd",
                             "0 CON 0.01 1 acknowledged"});
}

TEST_CASE("a host that keeps one message ID for ever is served one message after the other") {
  Timeline line;
  REQUIRE(line.send(con_get(1234, "aa")));
  REQUIRE(line.send(con_get(1234, "bb")));
  line.receive(response(Type::kAcknowledgement, 1234, "aa", "1"));
  line.receive(response(Type::kAcknowledgement, 1234, "bb", "2"));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1234 aa", "0 <- ACK 2.05 1234 aa '1'",
                             "0 -> CON 0.01 1234 bb", "0 CON 0.01 1234 acknowledged",
                             "0 received ACK 2.05 1234 aa '1'", "0 <- ACK 2.05 1234 bb '2'",
                             "0 CON 0.01 1234 acknowledged", "0 received ACK 2.05 1234 bb '2'"});
}

TEST_CASE("code 0.00 carries no token, no options and no payload whatever is preset") {
  Timeline line;
  const auto overloaded = message(Type::kConfirmable, Code::kEmpty, 5,
                                  {.token = "d204", .options = {{12, {40}}}, .payload = "hello"});
  REQUIRE(line.send(overloaded));
  CHECK(line.datagrams().back() == octets("40 00 0005"));
}

TEST_CASE("a ping is reported with code 0.00 as reset") {
  Timeline line;
  REQUIRE(line.send(empty(Type::kConfirmable, 5)));
  line.run_to(4s);
  line.receive(empty(Type::kReset, 5));
  CHECK(line.take() == Lines{"0 -> CON 0.00 5", "4 -> CON 0.00 5", "4 5 retransmission 1 sent",
                             "4 <- RST 0.00 5", "4 5 retransmission 1 reset",
                             "4 CON 0.00 5 reset"});
}

TEST_CASE("a confirmable response of the host is an exchange as well") {
  Timeline line;
  REQUIRE(line.send(response(Type::kConfirmable, 5, "aa", "late")));
  line.run_to(4s);
  line.receive(empty(Type::kAcknowledgement, 5));
  CHECK(line.take() == Lines{"0 -> CON 2.05 5 aa 'late'", "4 -> CON 2.05 5 aa 'late'",
                             "4 5 retransmission 1 sent", "4 <- ACK 0.00 5",
                             "4 5 retransmission 1 acknowledged", "4 CON 2.05 5 acknowledged"});
}

TEST_CASE("the end of the session concludes everything in the order of sending") {
  SeededRandom random(1);
  MessageLayer layer({.ack_timeout = 4s, .ack_random_factor = 1.0}, {}, random);
  const Instant start{};
  std::vector<SendId> sent;
  for (const auto& outgoing : {con_get(1), con_get(2), non_get(3), con_get(4)}) {
    sent.push_back(layer.send(start, outgoing).value());
  }
  layer.handle_timeout(start + 4s);
  layer.end_session(start + 5s);

  CHECK_FALSE(layer.poll_transmit());
  for (const SendId id : sent) {
    const auto event = layer.poll_event();
    REQUIRE(event);
    const auto* concluded = std::get_if<Concluded>(&*event);
    REQUIRE(concluded);
    CHECK(concluded->id == id);
    CHECK(concluded->outcome == Outcome::kSessionEnded);
  }
  CHECK_FALSE(layer.poll_event());
  CHECK_FALSE(layer.poll_timeout());
  CHECK_FALSE(layer.has_exchange_in_flight());
}

TEST_CASE("after the end of the session nothing is heard or answered") {
  Timeline line;
  line.end_session();
  line.receive(empty(Type::kConfirmable, 1));
  line.run_to(1000s);
  CHECK(line.take() == Lines{"0 <- CON 0.00 1"});
}
