#include "tests/support/catch.h"
#include "tests/unit/lint/run.h"

namespace vmodem::lint {
namespace {

struct Message {
  std::uint64_t id = 0;
  std::string_view type = "CON";
  std::string code = "0.01";
  Bytes token{1};
  journal::OptionFields options{};
  std::string_view payload{};
  std::uint16_t local_port = 49152;
};

Bytes octets(std::string_view text) {
  return to_bytes(text);
}

journal::Number send(Run& run, const Message& message) {
  const auto sent = run.tell(journal::CoapSent{0,
                                               message.type,
                                               message.code,
                                               message.id,
                                               message.token,
                                               message.options,
                                               octets(message.payload),
                                               {}});
  net::Endpoint local{net::IpAddress::v4({10, 0, 0, 1}), message.local_port};
  net::Endpoint remote{net::IpAddress::v4({203, 0, 113, 5}), 5683};
  run.tell(journal::DatagramUp{1, "simulated", local, remote, {}}, sent);
  return sent;
}

void acknowledge(Run& run, std::uint64_t id) {
  run.tell(journal::CoapReceived{0, "ACK", "2.05", id, {1}, {}, {}, {}});
  run.tell(journal::CoapConcluded{0, id, "acknowledged"});
}

void header(Run& run) {
  run.line({.text = "AT+QCOAPHEADER=0,7,1"});
}

TEST_CASE("a message ID that the host gives to another message within 247 s is found") {
  Run run;
  header(run);
  const auto first = send(run, {.id = 7});
  acknowledge(run, 7);
  run.now += 246s;
  header(run);
  const auto second = send(run, {.id = 7});
  CHECK(run.found == Rules{"message-id-reused"});
  CHECK(run.findings[0].entry == second);
  CHECK(run.findings[0].what.text.find("#" + std::to_string(first)) != std::string::npos);
}

TEST_CASE(
    "a message ID may come again later, from another port, by the module, and as a repetition") {
  Run later;
  header(later);
  send(later, {.id = 7});
  acknowledge(later, 7);
  later.now += 247s;
  header(later);
  send(later, {.id = 7});
  CHECK(later.found.empty());

  Run elsewhere;
  header(elsewhere);
  send(elsewhere, {.id = 7});
  acknowledge(elsewhere, 7);
  header(elsewhere);
  send(elsewhere, {.id = 7, .local_port = 49153});
  CHECK(elsewhere.found.empty());

  Run counting;
  header(counting);
  send(counting, {.id = 7});
  send(counting, {.id = 7, .payload = "sticky_message_id"});
  CHECK(counting.found.empty());

  Run repeating;
  header(repeating);
  send(repeating, {.id = 7, .payload = "x"});
  repeating.tell(journal::CoapConcluded{0, 7, "never acknowledged"});
  header(repeating);
  send(repeating, {.id = 7, .payload = "x"});
  CHECK(repeating.found.empty());
}

TEST_CASE("of a NON the message ID is free again after 145 s") {
  Run run;
  header(run);
  send(run, {.id = 7, .type = "NON"});
  run.now += 145s;
  header(run);
  send(run, {.id = 7, .type = "NON", .payload = "x"});
  CHECK(run.found.empty());
  run.now += 144s;
  header(run);
  send(run, {.id = 7, .type = "NON", .payload = "y"});
  CHECK(run.found == Rules{"message-id-reused"});
}

TEST_CASE("a slash in a Uri-Path option is found, once, and in no other option") {
  Run run;
  const Message message{.id = 1, .options = {{11, octets("a/b")}, {15, octets("c/d")}}};
  send(run, message);
  send(run, message);
  CHECK(run.found == Rules{"slash-in-uri-path"});
  CHECK(run.findings[0].what.text == "client 0: the Uri-Path option \"a/b\" is one segment");
  send(run, {.id = 3, .options = {{11, octets("a")}, {11, octets("b")}}});
  CHECK(run.found.size() == 1);
}

TEST_CASE("a POST that may have arrived and is sent as a new message is found") {
  for (const auto* outcome : {"never acknowledged", "cut off by the end of its session"}) {
    Run run;
    send(run, {.id = 1, .code = "0.02", .payload = "on"});
    run.tell(journal::CoapConcluded{0, 1, outcome});
    run.now += 60s;
    send(run, {.id = 2, .code = "0.02", .token = {9}, .payload = "on"});
    CHECK(run.found == Rules{"post-retried"});
  }
}

TEST_CASE("a POST that was acknowledged, another POST, a PUT and a late one are no repetition") {
  Run run;
  send(run, {.id = 1, .code = "0.02", .payload = "on"});
  acknowledge(run, 1);
  send(run, {.id = 2, .code = "0.02", .payload = "on"});
  run.tell(journal::CoapConcluded{0, 2, "never acknowledged"});
  send(run, {.id = 3, .code = "0.02", .payload = "off"});
  send(run, {.id = 4, .code = "0.03", .payload = "on"});
  run.tell(journal::CoapConcluded{0, 4, "never acknowledged"});
  send(run, {.id = 5, .code = "0.03", .payload = "on"});
  run.now += 247s;
  send(run, {.id = 6, .code = "0.02", .payload = "on"});
  CHECK(run.found.empty());
}

TEST_CASE("the fourth NON at more than an octet a second into silence is found, once") {
  Run run;
  for (std::uint64_t id = 0; id < 6; ++id) {
    send(run, {.id = id, .type = "NON", .payload = "0123456789"});
    run.now += 5s;
  }
  CHECK(run.found == Rules{"non-too-fast"});
}

TEST_CASE("NONs that are answered, slow or few are not too fast") {
  Run answered;
  for (std::uint64_t id = 0; id < 9; ++id) {
    send(answered, {.id = id, .type = "NON", .payload = "0123456789"});
    if (id % 3 == 2) answered.tell(journal::CoapReceived{0, "NON", "2.04", id, {1}, {}, {}, {}});
  }
  CHECK(answered.found.empty());

  Run slow;
  for (std::uint64_t id = 0; id < 9; ++id) {
    send(slow, {.id = id, .type = "NON", .payload = "0123456789"});
    slow.now += 20s;
  }
  CHECK(slow.found.empty());
}

}  // namespace
}  // namespace vmodem::lint
