#include "coap_core/duplicate_table.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

MessageView view_of(Type type, MessageId message_id, std::string_view token = "") {
  return {.type = type,
          .code = Code::kContent,
          .message_id = message_id,
          .token = Token(octets(token))};
}

}  // namespace

TEST_CASE("a duplicate CON response is acknowledged again and delivered once") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  static_cast<void>(line.take());
  line.receive(response(Type::kConfirmable, 70, "aa"));
  line.run_to(2s);
  line.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(line.take() == Lines{"0 <- CON 2.05 70 aa", "0 -> ACK 0.00 70", "0 received CON 2.05 70 aa",
                             "2 <- CON 2.05 70 aa", "2 -> ACK 0.00 70", "2 dropped 70: duplicate"});
}

TEST_CASE("a duplicate NON is silently ignored") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kNonConfirmable, 70, "aa"));
  static_cast<void>(line.take());
  line.receive(response(Type::kNonConfirmable, 70, "aa"));
  CHECK(line.take() == Lines{"0 <- NON 2.05 70 aa", "0 dropped 70: duplicate"});
}

TEST_CASE("a CON is remembered for 247 s, a NON for 145 s") {
  Timeline line;
  line.receive(con_get(70));
  line.receive(non_get(71));
  line.run_to(144s);
  static_cast<void>(line.take());
  line.receive(non_get(71));
  line.run_to(145s);
  line.receive(non_get(71));
  line.run_to(246s);
  line.receive(con_get(70));
  line.run_to(247s);
  line.receive(con_get(70));
  CHECK(line.take() == Lines{"144 <- NON 0.01 71", "144 dropped 71: duplicate",
                             "145 <- NON 0.01 71", "145 received NON 0.01 71", "246 <- CON 0.01 70",
                             "246 dropped 70: duplicate", "247 <- CON 0.01 70",
                             "247 received CON 0.01 70"});
}

TEST_CASE("same message ID under another token, or of another type, is another message") {
  Timeline line;
  line.receive(con_get(70, "aa"));
  line.receive(con_get(70, "bb"));
  line.receive(non_get(70, "aa"));
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 0);
}

TEST_CASE("a response to a request sent after the first copy is new, whatever its message ID") {
  Timeline line;
  for (int round = 0; round < 3; ++round) {
    REQUIRE(line.send(non_get(1234, "aa")));
    static_cast<void>(line.take());
    line.receive(response(Type::kNonConfirmable, 1234, "aa"));
    line.receive(response(Type::kNonConfirmable, 1234, "aa"));
    CHECK(line.take() == Lines{"0 <- NON 2.05 1234 aa", "0 received NON 2.05 1234 aa",
                               "0 <- NON 2.05 1234 aa", "0 dropped 1234: duplicate"});
  }
}

TEST_CASE("a request of the host under another token does not make old responses new") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  REQUIRE(line.send(non_get(2, "bb")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 1);
}

TEST_CASE("a request that waits in the queue has not been sent: copies are still copies") {
  Timeline line;
  REQUIRE(line.send(non_get(1, "aa")));
  REQUIRE(line.send(con_get(2, "bb")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  REQUIRE(line.send(con_get(3, "aa")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 1);
}

TEST_CASE("a request of the host does not make the server's old requests new") {
  Timeline line;
  line.receive(con_get(70, "aa"));
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(con_get(70, "aa"));
  CHECK(line.layer().drop_count(DropReason::kDuplicate) == 1);
}

TEST_CASE("a copy of the server's request before the host's answer is dropped in silence") {
  Timeline line;
  line.receive(con_get(70));
  static_cast<void>(line.take());
  line.receive(con_get(70));
  CHECK(line.take() == Lines{"0 <- CON 0.01 70", "0 dropped 70: duplicate"});
}

TEST_CASE("a copy of the server's request after the host's answer gets the same answer again") {
  Timeline line;
  line.receive(con_get(70, "bb"));
  line.receive(con_get(71, "cc"));
  REQUIRE(line.send(response(Type::kAcknowledgement, 70, "bb", "mine")));
  REQUIRE(line.send(empty(Type::kReset, 71)));
  static_cast<void>(line.take());
  line.receive(con_get(70, "bb"));
  line.receive(con_get(71, "cc"));
  CHECK(line.take() == Lines{"0 <- CON 0.01 70 bb", "0 -> ACK 2.05 70 bb 'mine'",
                             "0 dropped 70: duplicate", "0 <- CON 0.01 71 cc", "0 -> RST 0.00 71",
                             "0 dropped 71: duplicate"});
}

TEST_CASE("the answer of the host replaces the automatic one for later copies") {
  Timeline line({.options = {.auto_ack = AutoAck::kAll}});
  line.receive(con_get(70));
  REQUIRE(line.send(response(Type::kAcknowledgement, 70, "", "mine")));
  static_cast<void>(line.take());
  line.receive(con_get(70));
  CHECK(line.take() ==
        Lines{"0 <- CON 0.01 70", "0 -> ACK 2.05 70 'mine'", "0 dropped 70: duplicate"});
}

TEST_CASE("a NON of the host under the message ID of a request is no answer to it") {
  Timeline line;
  line.receive(con_get(70));
  REQUIRE(line.send(non_get(70)));
  static_cast<void>(line.take());
  line.receive(con_get(70));
  CHECK(line.take() == Lines{"0 <- CON 0.01 70", "0 dropped 70: duplicate"});
}

TEST_CASE("copies of a rejected CON are rejected again") {
  Timeline line;
  for (int copy = 0; copy < 2; ++copy) {
    line.receive(response(Type::kConfirmable, 70, "aa"));
    CHECK(line.take() ==
          Lines{"0 <- CON 2.05 70 aa", "0 -> RST 0.00 70", "0 dropped 70: unknown token"});
  }
}

TEST_CASE("a rejected response is judged anew once a request asks for it") {
  Timeline line;
  line.receive(response(Type::kConfirmable, 70, "aa"));
  REQUIRE(line.send(non_get(1, "aa")));
  line.receive(response(Type::kConfirmable, 70, "aa"));
  CHECK(line.take().back() == "0 received CON 2.05 70 aa");
}

TEST_CASE("a copy of a CON response is acknowledged again though its token is forgotten") {
  Timeline line({.parameters = {.ack_timeout = 2s, .ack_random_factor = 1.0, .max_retransmit = 4}});
  REQUIRE(line.send(non_get(1, "aa")));
  line.run_to(200s);
  line.receive(response(Type::kConfirmable, 70, "aa"));
  line.run_to(400s);
  static_cast<void>(line.take());
  line.receive(response(Type::kConfirmable, 70, "aa"));
  line.receive(response(Type::kConfirmable, 71, "aa"));
  CHECK(line.take() == Lines{"400 <- CON 2.05 70 aa", "400 -> ACK 0.00 70",
                             "400 dropped 70: duplicate", "400 <- CON 2.05 71 aa",
                             "400 -> RST 0.00 71", "400 dropped 71: unknown token"});
}

TEST_CASE("the table holds 64 messages and the oldest gives way") {
  DuplicateTable table;
  for (MessageId id = 0; id < 65; ++id) {
    table.remember(Instant{}, view_of(Type::kConfirmable, id), {});
  }
  CHECK(table.size() == DuplicateTable::kSizeMax);
  CHECK(table.find(Instant{}, view_of(Type::kConfirmable, 0)) == nullptr);
  CHECK(table.find(Instant{}, view_of(Type::kConfirmable, 1)) != nullptr);
  CHECK(table.find(Instant{}, view_of(Type::kConfirmable, 64)) != nullptr);
}

TEST_CASE("forgotten messages leave the table") {
  DuplicateTable table;
  for (MessageId id = 0; id < 10; ++id) {
    table.remember(Instant{}, view_of(Type::kNonConfirmable, id), {});
  }
  table.remember(Instant{145s}, view_of(Type::kNonConfirmable, 10), {});
  CHECK(table.size() == 1);
}

TEST_CASE("an answer goes to the latest CON of its message ID") {
  DuplicateTable table;
  table.remember(Instant{}, view_of(Type::kConfirmable, 1, "aa"), {});
  table.remember(Instant{}, view_of(Type::kConfirmable, 1, "bb"), {});
  table.remember(Instant{}, view_of(Type::kNonConfirmable, 1, "cc"), {});
  table.set_answer(1, octets("60000001"));
  CHECK(table.find(Instant{}, view_of(Type::kConfirmable, 1, "aa"))->answer.empty());
  CHECK(table.find(Instant{}, view_of(Type::kConfirmable, 1, "bb"))->answer == octets("60000001"));
  CHECK(table.find(Instant{}, view_of(Type::kNonConfirmable, 1, "cc"))->answer.empty());
}
