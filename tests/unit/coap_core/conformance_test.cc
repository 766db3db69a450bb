// One test a row of the table of rules that bite: what RFC 7252 and its companions demand of an
// endpoint with MUST.
#include "coap_core/codec.h"
#include "coap_core/token_generator.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

TEST_CASE("row 1, RFC 7252 section 3: other versions are silently ignored") {
  for (const char* wire : {"00 01 0001", "80 01 0001", "c0 01 0001"}) {
    Timeline line;
    line.receive_octets(octets(wire));
    CHECK(line.datagrams().empty());
    CHECK(line.layer().drop_count(DropReason::kUnknownVersion) == 1);
  }
}

TEST_CASE("row 2, section 3: token lengths 9 to 15 are a format error") {
  for (std::uint8_t length = 9; length <= 15; ++length) {
    Bytes wire = octets("40 01 0001 0000000000000000 00000000000000");
    wire[0] = static_cast<std::uint8_t>(wire[0] | length);
    Timeline line;
    line.receive_octets(wire);
    CHECK(line.datagrams() == std::vector<Bytes>{octets("70 00 0001")});
  }
}

TEST_CASE("row 3, section 4.1: an Empty message is its header, sent or received") {
  Timeline line;
  line.receive_octets(octets("41 00 0001 aa"));
  CHECK(line.layer().drop_count(DropReason::kFormatError) == 1);
  REQUIRE(line.send(message(Type::kConfirmable, Code::kEmpty, 2, {.token = "aa", .payload = "x"})));
  CHECK(line.datagrams().back() == octets("40 00 0002"));
}

TEST_CASE("row 4, table 1: NON is never Empty, RST always, ACK never a request") {
  Timeline line;
  line.receive(empty(Type::kNonConfirmable, 1));
  line.receive(message(Type::kReset, Code::kGet, 2));
  line.receive(message(Type::kAcknowledgement, Code::kGet, 3));
  CHECK(line.layer().drop_count(DropReason::kEmptyNonConfirmable) == 1);
  CHECK(line.layer().drop_count(DropReason::kFormatError) == 1);
  CHECK(line.layer().drop_count(DropReason::kInvalidAck) == 1);
  CHECK(line.datagrams().empty());
}

TEST_CASE("row 5, section 3: no marker before nothing, nibbles of 15 are reserved") {
  CHECK(encode(con_get(1)) == octets("40 01 0001"));
  for (const char* wire : {"40 01 0001 ff", "40 01 0001 f0", "40 01 0001 0f"}) {
    CHECK_FALSE(decode(octets(wire)));
  }
}

TEST_CASE("row 6, section 3.1: options leave in ascending order, equal numbers as given") {
  const auto sent = message(Type::kConfirmable, Code::kGet, 1,
                            {.options = {{12, {}}, {11, {'b'}}, {11, {'a'}}, {1, {}}}});
  CHECK(encode(sent) == octets("40 01 0001  10  a1 62  01 61  10"));
}

TEST_CASE("row 7, section 3.2: uints leave without leading zeros and arrive with them") {
  CHECK(encode_uint(0).empty());
  CHECK(encode_uint(0x0100) == octets("0100"));
  CHECK(decode_uint(octets("00 0100")) == 0x0100U);
}

TEST_CASE("row 10, section 5.4.1: an unknown critical option rejects a response") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(
      message(Type::kConfirmable, Code::kContent, 70, {.token = "aa", .options = {{9, {}}}}));
  CHECK(line.datagrams().back() == octets("70 00 0046"));
  CHECK(line.layer().drop_count(DropReason::kCriticalOption) == 1);
}

TEST_CASE("row 10, section 5.4.1: an unknown elective option is no obstacle") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(
      message(Type::kConfirmable, Code::kContent, 70, {.token = "aa", .options = {{10, {}}}}));
  CHECK(line.datagrams().back() == octets("60 00 0046"));
}

TEST_CASE("row 11, section 4.2: a CON is acknowledged, or reset without context") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kConfirmable, 0x10, "aa"));
  CHECK(line.datagrams().back() == octets("60 00 0010"));
  line.receive(response(Type::kConfirmable, 0x11, "bb"));
  CHECK(line.datagrams().back() == octets("70 00 0011"));
  line.receive(empty(Type::kConfirmable, 0x12));
  CHECK(line.datagrams().back() == octets("70 00 0012"));
  line.receive(message(Type::kConfirmable, static_cast<Code>(0xE0), 0x13));
  CHECK(line.datagrams().back() == octets("70 00 0013"));
  line.receive_octets(octets("40 01 0014 ff"));
  CHECK(line.datagrams().back() == octets("70 00 0014"));
}

TEST_CASE("row 12, section 4.2: no ACK or RST is ever answered by ACK or RST") {
  Timeline line;
  for (const int type : {2, 3}) {
    for (int code = 0; code < 256; ++code) {
      line.receive(message(static_cast<Type>(type), static_cast<Code>(code), 1));
    }
    line.receive_octets(type == 2 ? octets("60 45 0001 ff") : octets("71 00 0001 aa"));
  }
  CHECK(line.datagrams().empty());
}

TEST_CASE("row 13, section 4.2: retransmission doubles the timeout and stops at MAX_RETRANSMIT") {
  Timeline line({.parameters = {.ack_timeout = 2s, .ack_random_factor = 1.0, .max_retransmit = 4}});
  REQUIRE(line.send(con_get(1)));
  line.run_to(1000s);
  CHECK(line.datagrams().size() == 5);
  CHECK(line.take().back() == "62 CON 0.01 1 timed out");
}

TEST_CASE("row 16, section 4.2: RST and giving up are told to the application") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  line.receive(empty(Type::kReset, 1));
  CHECK(line.take().back() == "0 CON 0.01 1 reset");
  REQUIRE(line.send(con_get(2)));
  line.run_to(252s);
  CHECK(line.take().back() == "252 CON 0.01 2 timed out");
}

TEST_CASE("row 17, section 5.2.2: the separate response ends the request's retransmission") {
  Timeline line;
  REQUIRE(line.send(con_get(1, "aa")));
  line.receive(response(Type::kNonConfirmable, 70, "aa"));
  CHECK_FALSE(line.layer().poll_timeout());
}

TEST_CASE("row 18, section 4.4: ACK and RST match by message ID") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  line.receive(empty(Type::kAcknowledgement, 2));
  line.receive(empty(Type::kReset, 2));
  CHECK(line.layer().has_exchange_in_flight());
  line.receive(empty(Type::kAcknowledgement, 1));
  CHECK_FALSE(line.layer().has_exchange_in_flight());
}

TEST_CASE("row 20, section 4.5: a duplicate CON is processed once and answered each time") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  for (int copy = 0; copy < 3; ++copy) line.receive(response(Type::kConfirmable, 70, "aa"));
  const Bytes ack = octets("60 00 0046");
  CHECK(line.datagrams() == std::vector<Bytes>{encode(non_get(1, "aa")), ack, ack, ack});
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 2);
}

TEST_CASE("row 21, section 4.7: one outstanding confirmable message by default") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  REQUIRE(line.send(con_get(2)));
  CHECK(line.datagrams().size() == 1);
}

TEST_CASE("row 22, section 5.3.1: tokens of 0 to 8 octets leave as given") {
  Timeline line;
  const std::string token = "0102030405060708";
  for (std::size_t size = 0; size <= Token::kSizeMax; ++size) {
    REQUIRE(line.send(non_get(1, token.substr(0, 2 * size))));
    CHECK(line.datagrams().back() ==
          octets("5" + std::to_string(size) + "01 0001" + token.substr(0, 2 * size)));
  }
}

TEST_CASE("row 23, RFC 9175 section 4.2: generated tokens do not come back") {
  SeededRandom random(1);
  CHECK(generate_token(1234, random) != generate_token(1234, random));
}

TEST_CASE("row 24, section 5.3.2: piggybacked by message ID and token, separate by token") {
  Timeline line;
  REQUIRE(line.send(con_get(1, "aa")));
  line.receive(response(Type::kAcknowledgement, 2, "aa"));
  CHECK(line.layer().drop_count(DropReason::kUnmatchedAck) == 1);
  line.receive(response(Type::kAcknowledgement, 1, "bb"));
  CHECK(line.layer().drop_count(DropReason::kTokenMismatch) == 1);
  line.receive(response(Type::kConfirmable, 900, "aa"));
  CHECK(line.take().back() == "0 received CON 2.05 900 aa");
}

TEST_CASE("row 25, section 5.3.2: an unexpected response is rejected") {
  Timeline line;
  line.receive(response(Type::kConfirmable, 0x10, "aa"));
  line.receive(response(Type::kNonConfirmable, 0x11, "aa"));
  CHECK(line.datagrams() == std::vector<Bytes>{octets("70 00 0010")});
}

TEST_CASE("row 26, section 4.3: a NON is never acknowledged, whatever is configured") {
  Timeline line({.options = {.auto_ack = AutoAck::kAll}});
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kNonConfirmable, 70, "aa"));
  line.receive(non_get(71));
  CHECK(line.datagrams().size() == 1);
}

TEST_CASE("row 26, section 5.2.3: a CON response to a NON request is accepted") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(line.take().back() == "0 received CON 2.05 70 aa");
}

TEST_CASE("row 27, section 5.2.3: a NON response to a CON request, before or after the empty ACK") {
  Timeline after;
  REQUIRE(after.send(con_get(1, "aa")));
  after.receive(empty(Type::kAcknowledgement, 1));
  after.receive(response(Type::kNonConfirmable, 70, "aa"));
  CHECK(after.take().back() == "0 received NON 2.05 70 aa");

  Timeline before;
  REQUIRE(before.send(con_get(1, "aa")));
  before.receive(response(Type::kNonConfirmable, 70, "aa"));
  CHECK(before.take().back() == "0 received NON 2.05 70 aa");
  before.receive(empty(Type::kAcknowledgement, 1));
  CHECK(before.take().back() == "0 dropped 1: unmatched ACK");
}

TEST_CASE("row 38, section 9.1: nothing of a session is sent or matched after its end") {
  Timeline line;
  REQUIRE(line.send(con_get(1)));
  line.end_session();
  CHECK(line.take().back() == "0 CON 0.01 1 session ended");
  line.receive(empty(Type::kAcknowledgement, 1));
  line.receive(empty(Type::kConfirmable, 2));
  line.run_to(1000s);
  CHECK(line.datagrams().size() == 1);
}
