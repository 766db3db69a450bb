#include "coap_core/token_table.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

constexpr TransmissionParameters kStandard{
    .ack_timeout = 2s, .ack_random_factor = 1.5, .max_retransmit = 4};  // 247 s

Outgoing request(std::string_view token, ObserveAction observe = ObserveAction::kNone) {
  Outgoing outgoing = make_outgoing(SendId{1}, non_get(1, token), kStandard);
  outgoing.observe = observe;
  return outgoing;
}

Token token(std::string_view digits) {
  return Token(octets(digits));
}

Message notification(Type type, MessageId message_id, std::string_view token) {
  return with_observe(response(type, message_id, token), message_id);
}

// Whether a CON response under token aa is acknowledged rather than reset.
bool is_welcome(Timeline& line, const Message& message) {
  line.receive(message);
  const auto type = (line.datagrams().back()[0] >> 4) & 3;
  return type == static_cast<int>(Type::kAcknowledgement);
}

constexpr auto kLong = 100'000s;

}  // namespace

TEST_CASE("a token is known until it is answered and its lifetime is over") {
  TokenTable table;
  table.handle_request(Instant{}, request("aa"));
  CHECK(table.is_known(Instant{kLong}, token("aa")));
  CHECK_FALSE(table.is_known(Instant{}, token("bb")));

  table.handle_response(token("aa"), false);
  CHECK(table.is_known(Instant{246s}, token("aa")));
  CHECK_FALSE(table.is_known(Instant{247s}, token("aa")));
}

TEST_CASE("no token is a token too") {
  TokenTable table;
  CHECK_FALSE(table.is_known(Instant{}, Token()));
  table.handle_request(Instant{}, request(""));
  CHECK(table.is_known(Instant{}, Token()));
}

TEST_CASE("a request under a known token refreshes it") {
  TokenTable table;
  table.handle_request(Instant{}, request("aa"));
  table.handle_response(token("aa"), false);
  table.handle_request(Instant{200s}, request("aa"));
  table.handle_response(token("aa"), false);
  CHECK(table.size() == 1);
  CHECK(table.is_known(Instant{446s}, token("aa")));
  CHECK_FALSE(table.is_known(Instant{447s}, token("aa")));
}

TEST_CASE("the lifetime follows from the parameters of the request") {
  TokenTable table;
  auto slow = request("aa");
  slow.parameters = {.ack_timeout = 60s, .max_retransmit = 8};
  table.handle_request(Instant{}, slow);
  table.handle_response(token("aa"), false);
  CHECK(table.is_known(Instant{45989s}, token("aa")));
  CHECK_FALSE(table.is_known(Instant{45990s}, token("aa")));
}

TEST_CASE("64 tokens are remembered, answered ones give way first, observations last") {
  TokenTable table;
  table.handle_request(Instant{}, request("0b", ObserveAction::kRegister));
  table.handle_request(Instant{}, request("0c"));
  for (int i = 0; i < 62; ++i) {
    const std::array octets{std::uint8_t{1}, static_cast<std::uint8_t>(i)};
    auto outgoing = request("");
    outgoing.token = Token(octets);
    table.handle_request(Instant{}, outgoing);
  }
  REQUIRE(table.size() == TokenTable::kSizeMax);

  table.handle_response(token("0103"), false);
  table.handle_request(Instant{}, request("0d"));
  CHECK(table.size() == TokenTable::kSizeMax);
  CHECK_FALSE(table.is_known(Instant{}, token("0103")));

  table.handle_request(Instant{}, request("0e"));
  CHECK(table.size() == TokenTable::kSizeMax);
  CHECK_FALSE(table.is_known(Instant{}, token("0c")));
  CHECK(table.is_known(Instant{}, token("0b")));
}

TEST_CASE("what is over gives way before anything is pushed out") {
  TokenTable table;
  table.handle_request(Instant{}, request("aa"));
  table.handle_response(token("aa"), false);
  table.handle_request(Instant{247s}, request("bb"));
  CHECK(table.size() == 1);
}

TEST_CASE("notifications are acknowledged and delivered while the observation runs") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  line.run_to(kLong);
  static_cast<void>(line.take());
  line.receive(notification(Type::kConfirmable, 70, "aa"));
  line.receive(notification(Type::kNonConfirmable, 71, "aa"));
  CHECK(line.take() == Lines{"100000 <- CON 2.05 70 aa", "100000 -> ACK 0.00 70",
                             "100000 received CON 2.05 70 aa", "100000 <- NON 2.05 71 aa",
                             "100000 received NON 2.05 71 aa"});
}

TEST_CASE("after Observe = 1 under the same token the observation is over") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  REQUIRE(line.send(with_observe(con_get(2, "aa"), 1)));
  line.receive(response(Type::kAcknowledgement, 2, "aa"));
  CHECK(is_welcome(line, notification(Type::kConfirmable, 70, "aa")));
  line.run_to(kLong);
  CHECK_FALSE(is_welcome(line, notification(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a response without Observe, or of an error, ends the observation") {
  const auto ending =
      GENERATE(response(Type::kConfirmable, 70, "aa"),
               with_observe(message(Type::kConfirmable, Code::kNotFound, 70, {.token = "aa"}), 5));
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  line.receive(ending);
  line.run_to(kLong);
  CHECK_FALSE(is_welcome(line, notification(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a reset of the host under a notification's message ID ends the observation") {
  const auto type = GENERATE(Type::kConfirmable, Type::kNonConfirmable);
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  line.receive(notification(type, 70, "aa"));
  REQUIRE(line.send(empty(Type::kReset, 70)));
  line.run_to(kLong);
  CHECK_FALSE(is_welcome(line, notification(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a reset of a request for an observation means there is none") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(empty(Type::kReset, 1));
  line.run_to(kLong);
  CHECK_FALSE(is_welcome(line, notification(Type::kConfirmable, 70, "aa")));
}

TEST_CASE("a plain request under the observation's token does not end it") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  REQUIRE(line.send(con_get(2, "aa")));
  line.receive(response(Type::kAcknowledgement, 2, "aa"));
  line.receive(notification(Type::kConfirmable, 70, "aa"));
  line.run_to(kLong);
  CHECK(is_welcome(line, notification(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a notification does not answer a plain request in flight under its token") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1), 1));
  REQUIRE(line.send(con_get(2)));
  static_cast<void>(line.take());
  line.receive(notification(Type::kConfirmable, 70, ""));
  CHECK(line.take() == Lines{"0 <- CON 2.05 70", "0 -> ACK 0.00 70", "0 received CON 2.05 70"});
  CHECK(line.layer().has_exchange_in_flight());
}

TEST_CASE("responses that the host sends make no token known") {
  Timeline line;
  line.receive(con_get(70, "aa"));
  REQUIRE(line.send(response(Type::kAcknowledgement, 70, "aa")));
  REQUIRE(line.send(response(Type::kNonConfirmable, 5, "aa")));
  CHECK_FALSE(is_welcome(line, response(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a reset of the host under a server request's message ID ends no observation") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  line.receive(con_get(70, "aa"));
  REQUIRE(line.send(empty(Type::kReset, 70)));
  line.run_to(kLong);
  CHECK(is_welcome(line, notification(Type::kConfirmable, 71, "aa")));
}

TEST_CASE("a notification that was under way does not revive an observation that the host reset") {
  Timeline line;
  REQUIRE(line.send(with_observe(con_get(1, "aa"), 0)));
  line.receive(with_observe(response(Type::kAcknowledgement, 1, "aa"), 1));
  line.receive(notification(Type::kNonConfirmable, 70, "aa"));
  REQUIRE(line.send(empty(Type::kReset, 70)));
  line.receive(notification(Type::kNonConfirmable, 71, "aa"));
  line.run_to(kLong);
  CHECK_FALSE(is_welcome(line, notification(Type::kConfirmable, 72, "aa")));
}

TEST_CASE("a separate response without a token does not answer a ping in flight") {
  Timeline line;
  REQUIRE(line.send(non_get(1)));
  REQUIRE(line.send(empty(Type::kConfirmable, 2)));
  line.receive(response(Type::kNonConfirmable, 70));
  CHECK(line.take().back() == "0 received NON 2.05 70");
  CHECK(line.layer().has_exchange_in_flight());
}
