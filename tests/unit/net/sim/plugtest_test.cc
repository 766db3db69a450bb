// ETSI TD_COAP_CORE and TD_COAP_BLOCK against coap.sim.
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

constexpr auto kCon = coap::Type::kConfirmable;
constexpr auto kNon = coap::Type::kNonConfirmable;

struct Plugtest : WorldTimeline {
  Plugtest() { set_server(kPlugtest); }
  Lines ask(const coap::Message& message) {
    send(message);
    return take();
  }
};

TEST_CASE("CORE_01–04: the four methods on /test, confirmable") {
  Plugtest server;
  CHECK(server.ask(con_get(1, "test")) ==
        Lines{"0 ACK 2.05 1 a1 [12:] 'Type: 0 (CON)\nCode: 0.01\nMID: 1\nToken: A1'"});
  CHECK(server.ask(request(kCon, coap::Code::kDelete, 2, "test")) == Lines{"0 ACK 2.02 2 a1"});
  CHECK(server.ask(request(kCon, coap::Code::kPut, 3, "test", {.payload = "x"})) ==
        Lines{"0 ACK 2.04 3 a1"});
  CHECK(server.ask(request(kCon, coap::Code::kPost, 4, "test", {.payload = "x"})) ==
        Lines{"0 ACK 2.01 4 a1 [8:6c6f636174696f6e31 8:6c6f636174696f6e32 8:6c6f636174696f6e33]"});
  CHECK(server.ask(con_get(5, "test")).front().starts_with("0 ACK 2.05 5"));
}

TEST_CASE("CORE_05–08: the four methods on /test, non-confirmable") {
  Plugtest server;
  CHECK(server.ask(non_get(1, "test")).front().starts_with("0 NON 2.05 * a1"));
  CHECK(server.ask(request(kNon, coap::Code::kDelete, 2, "test")) == Lines{"0 NON 2.02 * a1"});
  CHECK(server.ask(request(kNon, coap::Code::kPut, 3, "test", {.payload = "x"})) ==
        Lines{"0 NON 2.04 * a1"});
  CHECK(server.ask(request(kNon, coap::Code::kPost, 4, "test", {.payload = "x"}))
            .front()
            .starts_with("0 NON 2.01 * a1"));
}

TEST_CASE("CORE_09, 11 and 17: /separate takes two seconds") {
  Plugtest server;
  server.set_polite(true);
  server.send(con_get(1, "separate", {.token = "0102030405060708"}));
  server.send(non_get(2, "separate"));
  server.run_to(60s);
  CHECK(server.take() == Lines{"0 ACK 0.00 1",
                               "2 CON 2.05 * 0102030405060708 [12:] 'That took two seconds.'",
                               "2 NON 2.05 * a1 [12:] 'That took two seconds.'"});
}

TEST_CASE("CORE_13 and 14: several path segments and queries") {
  Plugtest server;
  CHECK(server.ask(con_get(1, "seg1/seg2/seg3")) ==
        Lines{"0 ACK 2.05 1 a1 [12:] 'Three path segments.'"});
  server.send(
      con_get(2, "query",
              {.options = {{kUriQuery, to_bytes("first=1")}, {kUriQuery, to_bytes("second=2")}}}));
  const auto text = std::string(as_text(server.last().payload));
  CHECK(text.ends_with("Uri-Query: first=1\nUri-Query: second=2"));
}

TEST_CASE("CORE_19: two Location-Query options") {
  Plugtest server;
  CHECK(server.ask(request(kCon, coap::Code::kPost, 1, "location-query")) ==
        Lines{"0 ACK 2.01 1 a1 [20:66697273743d31 20:7365636f6e643d32]"});
}

TEST_CASE("CORE_20: Accept picks the format, another one is 4.06") {
  Plugtest server;
  CHECK(server.ask(con_get(1, "multi-format", {.options = {uint_option(kAccept, 0)}})) ==
        Lines{"0 ACK 2.05 1 a1 [12:] 'Two formats.'"});
  CHECK(server.ask(con_get(2, "multi-format", {.options = {uint_option(kAccept, 41)}})) ==
        Lines{"0 ACK 2.05 2 a1 [12:29] '<content>Two formats.</content>'"});
  CHECK(server.ask(con_get(3, "multi-format", {.options = {uint_option(kAccept, 50)}})) ==
        Lines{"0 ACK 4.06 3 a1 'Not Acceptable'"});
}

TEST_CASE("CORE_21: an ETag is valid until the content changes") {
  Plugtest server;
  CHECK(server.ask(con_get(1, "validate")) == Lines{"0 ACK 2.05 1 a1 [4:01 12:] 'First version.'"});
  const coap::Option etag{kEtag, {0x01}};
  CHECK(server.ask(con_get(2, "validate", {.options = {etag}})) == Lines{"0 ACK 2.03 2 a1 [4:01]"});
  REQUIRE(
      server.world().set_content(server.now(), kPlugtest, "validate", {0, to_bytes("Second.")}));
  CHECK(server.ask(con_get(3, "validate", {.options = {etag}})) ==
        Lines{"0 ACK 2.05 3 a1 [4:02 12:] 'Second.'"});
  CHECK_FALSE(server.world().set_content(server.now(), kPlugtest, "nowhere", {}));
}

TEST_CASE("CORE_22: If-Match writes what is unchanged only") {
  Plugtest server;
  const coap::Option etag{kIfMatch, {0x01}};
  const auto put = [&](coap::MessageId id, std::vector<coap::Option> options) {
    return server.ask(request(kCon, coap::Code::kPut, id, "validate",
                              {.options = std::move(options), .payload = "x"}));
  };
  CHECK(put(1, {etag}) == Lines{"0 ACK 2.04 1 a1"});
  CHECK(put(2, {}) == Lines{"0 ACK 2.04 2 a1"});
  CHECK(put(3, {etag}) == Lines{"0 ACK 4.12 3 a1 'Precondition Failed'"});
  CHECK(put(4, {{kIfMatch, {}}}) == Lines{"0 ACK 2.04 4 a1"});
  CHECK(put(5, {{kIfMatch, {0x00, 0x04}}}) == Lines{"0 ACK 4.12 5 a1 'Precondition Failed'"});
}

TEST_CASE("CORE_23: If-None-Match creates once") {
  Plugtest server;
  const coap::Option absent{kIfNoneMatch, {}};
  CHECK(server.ask(con_get(1, "create1")) == Lines{"0 ACK 4.04 1 a1 'Not Found'"});
  CHECK(server.ask(request(kCon, coap::Code::kPut, 2, "create1",
                           {.options = {absent}, .payload = "x"})) == Lines{"0 ACK 2.01 2 a1"});
  CHECK(server.ask(
            request(kCon, coap::Code::kPut, 3, "create1", {.options = {absent}, .payload = "y"})) ==
        Lines{"0 ACK 4.12 3 a1 'Precondition Failed'"});
  CHECK(server.ask(con_get(4, "create1")) == Lines{"0 ACK 2.05 4 a1 [4:02] 'x'"});
  CHECK(server.ask(request(kCon, coap::Code::kDelete, 5, "create1")) == Lines{"0 ACK 2.02 5 a1"});
  CHECK(server.ask(con_get(6, "create1")) == Lines{"0 ACK 4.04 6 a1 'Not Found'"});
}

TEST_CASE("CORE_31: ping") {
  Plugtest server;
  server.send_octets(octets("40 00 1234"));
  CHECK(server.received().back().octets == octets("70 00 1234"));
}

TEST_CASE("BLOCK_01–03: /large and /large-update take more than one block of any size") {
  Plugtest server;
  for (const auto path : {"large", "large-update"}) {
    server.send(con_get(1, path, {.token = path == std::string_view("large") ? "a1" : "a2"}));
    CHECK(server.last().payload.size() == 1024);
  }
}

TEST_CASE("BLOCK_04: /large-create makes a resource and says where") {
  Plugtest server;
  CHECK(server.ask(request(kCon, coap::Code::kPost, 1, "large-create", {.payload = "new one"})) ==
        Lines{"0 ACK 2.01 1 a1 [8:6c617267652d637265617465 8:31]"});
  CHECK(server.ask(con_get(2, "large-create/1")) == Lines{"0 ACK 2.05 2 a1 [4:01] 'new one'"});
}

TEST_CASE("Resources made by POST are bounded: the oldest gives way") {
  auto world = ready_world();
  for (auto& server : world.servers) server.limits.children_max = 2;
  WorldTimeline server(std::move(world));
  server.set_server(kPlugtest);
  for (coap::MessageId id = 1; id <= 3; ++id) {
    server.send(request(kCon, coap::Code::kPost, id, "large-create", {.payload = "x"}));
  }
  static_cast<void>(server.take());
  server.send(con_get(4, "large-create/1"));
  server.send(con_get(5, "large-create/2"));
  server.send(con_get(6, "large-create/3"));
  CHECK(server.take() == Lines{"0 ACK 4.04 4 a1 'Not Found'", "0 ACK 2.05 5 a1 [4:01] 'x'",
                               "0 ACK 2.05 6 a1 [4:01] 'x'"});
}

TEST_CASE("/secure is 4.01 without DTLS") {
  Plugtest server;
  CHECK(server.ask(con_get(1, "secure")) == Lines{"0 ACK 4.01 1 a1 'Unauthorized'"});
}

}  // namespace
}  // namespace vmodem::sim
