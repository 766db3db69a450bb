#include <set>

#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

TransmissionParameters trans(Duration timeout, int retry_count) {
  return {.ack_timeout = timeout, .ack_random_factor = 1.0, .max_retransmit = retry_count};
}

// The instants, in seconds, at which one unanswered message leaves, and the one of giving it up.
struct Schedule {
  std::vector<double> sends;
  double given_up = 0;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

Schedule schedule_of_silence(const TransmissionParameters& parameters, std::uint64_t seed = 1) {
  SeededRandom random(seed);
  MessageLayer layer(parameters, {}, random);
  Schedule schedule;
  Instant now{};
  const auto seconds = [&now] {
    return std::chrono::duration<double>(now.time_since_epoch()).count();
  };
  REQUIRE(layer.send(now, con_get(1)));
  while (layer.poll_transmit()) schedule.sends.push_back(seconds());
  while (const auto due = layer.poll_timeout()) {
    now = *due;
    layer.handle_timeout(now);
    while (layer.poll_transmit()) schedule.sends.push_back(seconds());
  }
  schedule.given_up = seconds();
  return schedule;
}

}  // namespace

TEST_CASE("silence after trans 4,5: five retransmissions, each reported, then the end at 252 s") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1234)));
  line.run_to(300s);
  CHECK(line.take() == Lines{
                           "0 -> CON 0.01 1234",
                           "4 -> CON 0.01 1234",
                           "4 1234 retransmission 1 sent",
                           "12 -> CON 0.01 1234",
                           "12 1234 retransmission 1 timed out",
                           "12 1234 retransmission 2 sent",
                           "28 -> CON 0.01 1234",
                           "28 1234 retransmission 2 timed out",
                           "28 1234 retransmission 3 sent",
                           "60 -> CON 0.01 1234",
                           "60 1234 retransmission 3 timed out",
                           "60 1234 retransmission 4 sent",
                           "124 -> CON 0.01 1234",
                           "124 1234 retransmission 4 timed out",
                           "124 1234 retransmission 5 sent",
                           "252 1234 retransmission 5 timed out",
                           "252 CON 0.01 1234 timed out",
                       });
  CHECK_FALSE(line.layer().poll_timeout());
  CHECK_FALSE(line.layer().has_exchange_in_flight());
}

TEST_CASE("the schedules of other trans values follow by doubling") {
  CHECK(schedule_of_silence(trans(2s, 5)) == Schedule{{0, 2, 6, 14, 30, 62}, 126});
  CHECK(schedule_of_silence(trans(2s, 4)) == Schedule{{0, 2, 6, 14, 30}, 62});
  CHECK(schedule_of_silence(trans(4s, 5)) == Schedule{{0, 4, 12, 28, 60, 124}, 252});
  CHECK(schedule_of_silence(trans(60s, 8)) ==
        Schedule{{0, 60, 180, 420, 900, 1860, 3780, 7620, 15300}, 30660});
}

TEST_CASE("a late driver does not shift the schedule") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1)));
  line.oversleep_to(4500ms);
  CHECK(line.layer().poll_timeout() == Instant{12s});
}

TEST_CASE("a timeout handled early does nothing") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1)));
  static_cast<void>(line.take());
  line.oversleep_to(3999ms);
  CHECK(line.take().empty());
}

TEST_CASE("retransmissions are the same octets under new names") {
  SeededRandom random(1);
  MessageLayer layer(trans(2s, 4), {}, random);
  REQUIRE(layer.send(Instant{},
                     message(Type::kConfirmable, Code::kPost, 7,
                             {.token = "d204", .options = {{11, {'x'}}}, .payload = "hello"})));
  const auto first = layer.poll_transmit();
  layer.handle_timeout(Instant{2s});
  const auto second = layer.poll_transmit();
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->datagram == octets("42 02 0007 d204 b1 78 ff 68656c6c6f"));
  CHECK(second->datagram == first->datagram);
  CHECK(second->id != first->id);
}

TEST_CASE("acknowledged after the second retransmission, the example of +QCOAPIND") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1234)));
  line.run_to(13s);
  static_cast<void>(line.take());
  line.receive(empty(Type::kAcknowledgement, 1234));
  line.run_to(300s);
  CHECK(line.take() == Lines{"13 <- ACK 0.00 1234", "13 1234 retransmission 2 acknowledged",
                             "13 CON 0.01 1234 acknowledged"});
}

TEST_CASE("a reset ends the latest retransmission and the message") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1234)));
  line.run_to(5s);
  static_cast<void>(line.take());
  line.receive(empty(Type::kReset, 1234));
  CHECK(line.take() ==
        Lines{"5 <- RST 0.00 1234", "5 1234 retransmission 1 reset", "5 CON 0.01 1234 reset"});
}

TEST_CASE("acknowledged in time, there is nothing to say about retransmissions") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  line.receive(empty(Type::kAcknowledgement, 1));
  line.run_to(300s);
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "0 <- ACK 0.00 1", "0 CON 0.01 1 acknowledged"});
}

TEST_CASE("a confirmable message that the network refuses is retransmitted in due time") {
  Timeline line({.parameters = trans(4s, 5)});
  line.set_network_up(false);
  REQUIRE(line.send(con_get(1)));
  line.run_to(4s);
  line.set_network_up(true);
  line.run_to(12s);
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "4 -> CON 0.01 1", "4 1 retransmission 1 not sent",
                             "12 -> CON 0.01 1", "12 1 retransmission 1 timed out",
                             "12 1 retransmission 2 sent"});
}

TEST_CASE("the driver's word on a retransmission comes too late once the message is concluded") {
  SeededRandom random(1);
  MessageLayer layer(trans(2s, 4), {}, random);
  REQUIRE(layer.send(Instant{}, con_get(1)));
  layer.handle_timeout(Instant{2s});
  static_cast<void>(layer.poll_transmit());
  const auto retransmission = layer.poll_transmit();
  REQUIRE(retransmission);
  layer.handle_datagram(Instant{2s}, octets("60 00 0001"));
  while (layer.poll_event()) continue;
  layer.handle_transmitted(Instant{2s}, retransmission->id, true);
  CHECK_FALSE(layer.poll_event());
}

TEST_CASE("the first timeout is drawn from [T, R*T) and the others double it") {
  std::set<double> firsts;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto schedule = schedule_of_silence({.ack_timeout = 2s, .max_retransmit = 4}, seed);
    INFO("seed " << seed);
    const double first = schedule.sends.at(1);
    CHECK((first >= 2.0 && first < 3.0));
    CHECK(schedule.sends.at(2) == Approx(3 * first));
    CHECK(schedule.given_up == Approx(31 * first));
    firsts.insert(first);
  }
  CHECK(firsts.size() > 190);
  CHECK(*firsts.begin() < 2.1);
  CHECK(*firsts.rbegin() > 2.9);
}

TEST_CASE("new parameters count from the next message, an exchange keeps its own") {
  Timeline line({.parameters = trans(4s, 5)});
  REQUIRE(line.send(con_get(1)));
  line.layer().set_parameters(trans(10s, 4));
  line.run_to(12s);
  CHECK(line.take() == Lines{"0 -> CON 0.01 1", "4 -> CON 0.01 1", "4 1 retransmission 1 sent",
                             "12 -> CON 0.01 1", "12 1 retransmission 1 timed out",
                             "12 1 retransmission 2 sent"});
  line.receive(empty(Type::kAcknowledgement, 1));
  REQUIRE(line.send(con_get(2)));
  CHECK(line.layer().poll_timeout() == Instant{22s});
}

TEST_CASE("retransmissions that time served late brings together are told one by one") {
  SeededRandom random(1);
  MessageLayer layer(trans(2s, 4), {}, random);
  REQUIRE(layer.send(Instant{}, con_get(1)));
  REQUIRE(layer.poll_transmit());

  // Due at 2, 6 and 14 s.
  const auto late = Instant{} + 20s;
  layer.handle_timeout(late);
  while (const auto transmit = layer.poll_transmit()) {
    layer.handle_transmitted(late, transmit->id, true);
  }

  std::vector<int> told;
  while (const auto event = layer.poll_event()) {
    if (const auto* sent = std::get_if<Retransmitted>(&*event)) told.push_back(sent->number);
  }
  CHECK(told == std::vector{1, 2, 3});
}
