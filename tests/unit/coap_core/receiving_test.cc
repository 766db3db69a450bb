#include <array>

#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

Option option(std::uint16_t number, std::string_view value) {
  return {number, to_bytes(value)};
}

// The one message delivered, or nothing.
std::optional<Message> delivered(MessageLayer& layer) {
  std::optional<Message> message;
  while (const auto event = layer.poll_event()) {
    if (const auto* received = std::get_if<Received>(&*event)) message = received->message;
  }
  return message;
}

}  // namespace

TEST_CASE("each type and code is handled as RFC 7252 table 1 and sections 4.2 and 4.3 say") {
  struct Case {
    const char* datagram;
    Lines reaction;
  };
  const std::array kCases = std::to_array<Case>({
      {"40 00 0001", {"0 <- CON 0.00 1", "0 -> RST 0.00 1", "0 dropped 1: ping"}},
      {"50 00 0001", {"0 <- NON 0.00 1", "0 dropped 1: empty NON"}},
      {"60 00 0001", {"0 <- ACK 0.00 1", "0 dropped 1: unmatched ACK"}},
      {"70 00 0001", {"0 <- RST 0.00 1", "0 dropped 1: unmatched RST"}},
      {"40 01 0001", {"0 <- CON 0.01 1", "0 received CON 0.01 1"}},
      {"50 01 0001", {"0 <- NON 0.01 1", "0 received NON 0.01 1"}},
      {"60 01 0001", {"0 <- ACK 0.01 1", "0 dropped 1: invalid ACK"}},
      {"70 01 0001", {"0 <- RST 0.01 1", "0 dropped 1: format error"}},
      {"40 45 0001", {"0 <- CON 2.05 1", "0 -> RST 0.00 1", "0 dropped 1: unknown token"}},
      {"50 45 0001", {"0 <- NON 2.05 1", "0 dropped 1: unknown token"}},
      {"60 45 0001", {"0 <- ACK 2.05 1", "0 dropped 1: unmatched ACK"}},
      {"70 45 0001", {"0 <- RST 2.05 1", "0 dropped 1: format error"}},
      {"40 20 0001", {"0 <- CON 1.00 1", "0 -> RST 0.00 1", "0 dropped 1: reserved code"}},
      {"40 61 0001", {"0 <- CON 3.01 1", "0 -> RST 0.00 1", "0 dropped 1: unknown token"}},
      {"60 60 0001", {"0 <- ACK 3.00 1", "0 dropped 1: unmatched ACK"}},
      {"60 bf 0001", {"0 <- ACK 5.31 1", "0 dropped 1: unmatched ACK"}},
      {"40 c0 0001", {"0 <- CON 6.00 1", "0 -> RST 0.00 1", "0 dropped 1: reserved code"}},
      {"40 e1 0001", {"0 <- CON 7.01 1", "0 -> RST 0.00 1", "0 dropped 1: reserved code"}},
      {"50 e1 0001", {"0 <- NON 7.01 1", "0 dropped 1: reserved code"}},
      {"60 e1 0001", {"0 <- ACK 7.01 1", "0 dropped 1: reserved code"}},
      {"70 e1 0001", {"0 <- RST 7.01 1", "0 dropped 1: format error"}},
  });
  for (const Case& received : kCases) {
    Timeline line;
    line.receive_octets(octets(received.datagram));
    CHECK(line.take() == received.reaction);
  }
}

TEST_CASE("responses are the codes from 2.00 to 5.31, and no others") {
  for (unsigned octet = 0; octet <= 0xFF; ++octet) {
    CAPTURE(octet);
    const auto code = static_cast<Code>(octet);
    CHECK(is_response(code) == (octet >= 0x40 && octet <= 0xBF));
  }
}

TEST_CASE("a malformed CON is reset, other malformed messages are dropped") {
  struct Case {
    const char* datagram;
    Lines reaction;
  };
  const std::array kCases = std::to_array<Case>({
      {"400100", {"0 <- 400100", "0 dropped: too short"}},
      {"800104d2", {"0 <- 800104d2", "0 dropped: unknown version"}},
      {"49010001", {"0 <- 49010001", "0 -> RST 0.00 1", "0 dropped 1: format error"}},
      {"41000001aa", {"0 <- 41000001aa", "0 -> RST 0.00 1", "0 dropped 1: format error"}},
      {"40010001ff", {"0 <- 40010001ff", "0 -> RST 0.00 1", "0 dropped 1: format error"}},
      {"40010001f0", {"0 <- 40010001f0", "0 -> RST 0.00 1", "0 dropped 1: format error"}},
      {"50010001ff", {"0 <- 50010001ff", "0 dropped 1: format error"}},
      {"60450001ff", {"0 <- 60450001ff", "0 dropped 1: format error"}},
      {"7000000100", {"0 <- 7000000100", "0 dropped 1: format error"}},
  });
  for (const Case& received : kCases) {
    Timeline line;
    line.receive_octets(octets(received.datagram));
    CHECK(line.take() == received.reaction);
  }
}

TEST_CASE("a malformed ACK or RST leaves the exchange of its message ID alone") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  line.receive_octets(octets("60 45 0001 ff"));
  line.receive_octets(octets("71 00 0001 aa"));
  CHECK(line.layer().has_exchange_in_flight());
}

TEST_CASE("drops are counted by reason") {
  Timeline line;
  line.receive(empty(Type::kAcknowledgement, 1));
  line.receive(empty(Type::kAcknowledgement, 2));
  line.receive(empty(Type::kConfirmable, 3));
  CHECK(line.layer().drop_count(DropReason::kUnmatchedAck) == 2);
  CHECK(line.layer().drop_count(DropReason::kPing) == 1);
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 0);
}

TEST_CASE("a piggybacked response is two events, the acknowledgement first") {
  Timeline line;
  REQUIRE(line.send(con_get(1, "aa")));
  line.receive(response(Type::kAcknowledgement, 1, "aa", "22.3"));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1 aa", "0 <- ACK 2.05 1 aa '22.3'",
                             "0 CON 0.01 1 acknowledged", "0 received ACK 2.05 1 aa '22.3'"});
}

TEST_CASE("a separate response follows the empty ACK and is acknowledged") {
  Timeline line;
  REQUIRE(line.send(con_get(1, "aa")));
  line.receive(empty(Type::kAcknowledgement, 1));
  line.run_to(3s);
  line.receive(response(Type::kConfirmable, 900, "aa", "22.3"));
  line.run_to(300s);
  CHECK(line.take() == Lines{"0 -> CON 0.01 1 aa", "0 <- ACK 0.00 1", "0 CON 0.01 1 acknowledged",
                             "3 <- CON 2.05 900 aa '22.3'", "3 -> ACK 0.00 900",
                             "3 received CON 2.05 900 aa '22.3'"});
}

TEST_CASE("a separate response ends the retransmission of its request, and a late ACK is dropped") {
  const auto type = GENERATE(Type::kConfirmable, Type::kNonConfirmable);
  Timeline line;
  REQUIRE(line.send(con_get(1, "aa")));
  line.run_to(5s);
  static_cast<void>(line.take());
  line.receive(response(type, 900, "aa"));
  line.receive(empty(Type::kAcknowledgement, 1));
  line.run_to(300s);
  const Lines heard = type == Type::kConfirmable
                          ? Lines{"5 <- CON 2.05 900 aa", "5 -> ACK 0.00 900"}
                          : Lines{"5 <- NON 2.05 900 aa"};
  Lines expected = heard;
  expected.insert(expected.end(), {"5 1 retransmission 1 acknowledged", "5 CON 0.01 1 acknowledged",
                                   type == Type::kConfirmable ? "5 received CON 2.05 900 aa"
                                                              : "5 received NON 2.05 900 aa",
                                   "5 <- ACK 0.00 1", "5 dropped 1: unmatched ACK"});
  CHECK(line.take() == expected);
}

TEST_CASE("a request from the server is delivered and left to the host to answer") {
  Timeline line;
  line.receive(con_get(70, "bb"));
  REQUIRE(line.send(response(Type::kAcknowledgement, 70, "bb", "mine")));
  CHECK(line.take() == Lines{"0 <- CON 0.01 70 bb", "0 received CON 0.01 70 bb",
                             "0 -> ACK 2.05 70 bb 'mine'", "0 ACK 2.05 70 sent"});
}

TEST_CASE("auto_ack=all acknowledges requests too, auto_ack=none nothing") {
  Timeline all({.options = {.auto_ack = AutoAck::kAll}});
  all.receive(con_get(70));
  all.receive(non_get(71));
  CHECK(all.take() == Lines{"0 <- CON 0.01 70", "0 -> ACK 0.00 70", "0 received CON 0.01 70",
                            "0 <- NON 0.01 71", "0 received NON 0.01 71"});

  Timeline none({.options = {.auto_ack = AutoAck::kNone}});
  REQUIRE(none.send(non_get(1, "aa")));
  static_cast<void>(none.take());
  none.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(none.take() == Lines{"0 <- CON 2.05 70 aa", "0 received CON 2.05 70 aa"});
}

TEST_CASE("a piggybacked response with a foreign token acknowledges and is dropped") {
  Timeline line;
  REQUIRE(line.send(con_get(1234, "bb")));
  line.receive(response(Type::kAcknowledgement, 1234, "aa", "stale"));
  CHECK(line.take() == Lines{"0 -> CON 0.01 1234 bb", "0 <- ACK 2.05 1234 aa 'stale'",
                             "0 CON 0.01 1234 acknowledged", "0 dropped 1234: token mismatch"});
}

TEST_CASE("deliver_mismatched delivers the piggybacked response with a foreign token") {
  Timeline line({.options = {.deliver_mismatched = true}});
  REQUIRE(line.send(con_get(1234, "bb")));
  line.receive(response(Type::kAcknowledgement, 1234, "aa", "stale"));
  CHECK(line.take().back() == "0 received ACK 2.05 1234 aa 'stale'");
}

TEST_CASE("a ping that is answered by a response is acknowledged, the response dropped") {
  Timeline line;
  REQUIRE(line.send(empty(Type::kConfirmable, 5)));
  line.receive(response(Type::kAcknowledgement, 5));
  CHECK(line.take() == Lines{"0 -> CON 0.00 5", "0 <- ACK 2.05 5", "0 CON 0.00 5 acknowledged",
                             "0 dropped 5: unknown token"});
}

TEST_CASE("unknown_token=deliver acknowledges and delivers what no request asked for") {
  Timeline line({.options = {.unknown_token = UnknownToken::kDeliver}});
  line.receive(response(Type::kConfirmable, 70, "aa"));
  line.receive(response(Type::kNonConfirmable, 71, "aa"));
  CHECK(line.take() == Lines{"0 <- CON 2.05 70 aa", "0 -> ACK 0.00 70", "0 received CON 2.05 70 aa",
                             "0 <- NON 2.05 71 aa", "0 received NON 2.05 71 aa"});
}

TEST_CASE("any response code is delivered, known to the note or not") {
  for (const int code : {65, 95, 94, 136, 137, 150, 157, 168, 191}) {
    Timeline line;
    REQUIRE(line.send(con_get(1, "aa")));
    line.receive(message(Type::kAcknowledgement, static_cast<Code>(code), 1, {.token = "aa"}));
    CHECK(line.take().back() == "0 received ACK " + to_string(static_cast<Code>(code)) + " 1 aa");
  }
}

TEST_CASE("an unknown critical option rejects a response, by type") {
  const std::vector<Option> critical = {option(9, "x")};
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  static_cast<void>(line.take());
  line.receive(
      message(Type::kConfirmable, Code::kContent, 70, {.token = "aa", .options = critical}));
  line.receive(
      message(Type::kNonConfirmable, Code::kContent, 71, {.token = "aa", .options = critical}));
  CHECK(line.take() == Lines{"0 <- CON 2.05 70 aa", "0 -> RST 0.00 70",
                             "0 dropped 70: critical option", "0 <- NON 2.05 71 aa",
                             "0 dropped 71: critical option"});

  REQUIRE(line.send(con_get(2, "bb")));
  line.receive(
      message(Type::kAcknowledgement, Code::kContent, 2, {.token = "bb", .options = critical}));
  CHECK(line.take() == Lines{"0 -> CON 0.01 2 bb", "0 <- ACK 2.05 2 bb",
                             "0 CON 0.01 2 acknowledged", "0 dropped 2: critical option"});
}

TEST_CASE("known critical options of a bad length, or once too often, count as unknown") {
  const std::array<std::vector<Option>, 3> kOffences{{
      {option(23, "abcd")},  // Block2 takes 0 to 3 octets
      {option(27, "abcd")},
      {option(23, "a"), option(23, "b")},
  }};
  for (const auto& options : kOffences) {
    Timeline line;
    REQUIRE(line.send(con_get(1)));
    line.receive(message(Type::kAcknowledgement, Code::kContent, 1, {.options = options}));
    CHECK(line.take().back() == "0 dropped 1: critical option");
  }
}

TEST_CASE("critical options that only requests have count as unknown in a response") {
  const std::array kOfRequests = std::to_array<Option>({
      option(1, "x"), option(3, "x"), option(5, ""), option(7, "x"), option(11, "x"),
      option(15, "x"), option(17, "2"), option(35, "x"), option(39, "x")});
  for (const Option& foreign : kOfRequests) {
    CAPTURE(foreign.number);
    Timeline line;
    REQUIRE(line.send(con_get(1)));
    line.receive(message(Type::kAcknowledgement, Code::kContent, 1, {.options = {foreign}}));
    CHECK(line.take().back() == "0 dropped 1: critical option");
  }
}

TEST_CASE("elective options that only requests have are delivered in a response, and counted") {
  Timeline line;
  MessageLayer& layer = line.layer();
  REQUIRE(layer.send(line.now(), con_get(1)));
  // No-Response.
  layer.handle_datagram(line.now(), octets("60 45 0001  d1 f5 02"));
  CHECK(delivered(layer).has_value());
  CHECK(layer.oddity_count(Oddity::kUnknownElectiveOption) == 1);
}

TEST_CASE("repeatable options may repeat") {
  Timeline line;
  MessageLayer& layer = line.layer();
  REQUIRE(layer.send(line.now(), con_get(1)));
  // Location-Path twice.
  layer.handle_datagram(line.now(), octets("60 45 0001  81 61  01 62"));
  CHECK(delivered(layer).has_value());
  CHECK(layer.oddity_count(Oddity::kUnknownElectiveOption) == 0);
}

TEST_CASE("reject_critical=false delivers the response with the option") {
  Timeline line({.options = {.reject_critical = false}});
  MessageLayer& layer = line.layer();
  REQUIRE(layer.send(line.now(), con_get(1)));
  const auto answer =
      message(Type::kAcknowledgement, Code::kContent, 1, {.options = {option(9, "x")}});
  layer.handle_datagram(line.now(), octets("60 45 0001 91 78"));
  CHECK(delivered(layer) == answer);
}

TEST_CASE("critical options of the server's requests are the host's to judge") {
  Timeline line;
  line.receive(message(Type::kConfirmable, Code::kGet, 70, {.options = {option(9, "x")}}));
  CHECK(line.take().back() == "0 received CON 0.01 70");
}

TEST_CASE(
    "unknown elective options are delivered and counted, ill-sized ones ignored and counted") {
  Timeline line;
  MessageLayer& layer = line.layer();
  REQUIRE(layer.send(line.now(), con_get(1)));
  // Max-Age of 5 octets, Content-Format twice, elective 2050.
  layer.handle_datagram(line.now(), octets("60 45 0001  c1 28  01 29  25 0102030405  e1 06e7 78"));
  const auto message = delivered(layer);
  REQUIRE(message);
  CHECK(message->options == std::vector<Option>{{12, {0x28}}, {12, {0x29}}, {2050, to_bytes("x")}});
  CHECK(layer.oddity_count(Oddity::kUnknownElectiveOption) == 2);
  CHECK(layer.oddity_count(Oddity::kIgnoredOptionLength) == 1);
}

TEST_CASE("a reset of a NON request is counted and changes nothing") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(empty(Type::kReset, 1));
  CHECK(line.take() == Lines{"0 -> NON 0.01 1 aa", "0 NON 0.01 1 sent", "0 <- RST 0.00 1",
                             "0 dropped 1: unmatched RST"});
}
