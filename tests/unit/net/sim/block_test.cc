// RFC 7959.
#include "net/sim/site/block.h"

#include "net/sim/site/block_store.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

constexpr auto kCon = coap::Type::kConfirmable;

coap::Option block(std::uint16_t option, std::uint32_t number, bool has_more, std::uint8_t szx) {
  return uint_option(option, Block{number, has_more, szx}.value());
}

ResourceConfig body_of(std::size_t size) {
  auto resource = hello();
  resource.methods = kGet | kPut | kPost;
  auto& payload = resource.representations.front().payload;
  payload.resize(size);
  for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::uint8_t>('a' + i % 26);
  return resource;
}

// Fetches block by block as TD_COAP_BLOCK_01 does and puts the body together.
Bytes fetch(WorldTimeline& timeline, std::uint8_t szx) {
  Bytes body;
  for (std::uint32_t number = 0; number < 1000; ++number) {
    timeline.send(con_get(static_cast<coap::MessageId>(100 + number), "r",
                          {.options = {block(kBlock2, number, false, szx)}}));
    const auto answer = timeline.last();
    body.insert(body.end(), answer.payload.begin(), answer.payload.end());
    for (const auto& option : answer.options) {
      if (option.number == kBlock2 && !parse_block(option.value)->has_more) return body;
    }
  }
  FAIL("the transfer does not end");
  return body;
}

TEST_CASE("A Block option is read and written as RFC 7959 §2.2 draws it") {
  CHECK(parse_block({}) == Block{0, false, 0});
  CHECK(parse_block(octets("0e")) == Block{0, true, 6});
  CHECK(parse_block(octets("12")) == Block{1, false, 2});
  CHECK(parse_block(octets("fffffe")) == Block{0xFFFFF, true, 6});
  CHECK(parse_block(octets("07")) == std::nullopt);
  CHECK(parse_block(octets("00000000")) == std::nullopt);
  CHECK(Block{1, true, 2}.value() == 0x1A);
}

TEST_CASE("A body is fetched whole in blocks of every size") {
  const auto szx = GENERATE(as<std::uint8_t>{}, 0, 1, 2, 3, 4, 5, 6);
  const auto size = GENERATE(as<std::size_t>{}, 1, 16, 17, 1024, 1025, 3000);
  CAPTURE(szx, size);
  const auto resource = body_of(size);
  WorldTimeline timeline(one_server(resource));
  CHECK(fetch(timeline, szx) == resource.representations.front().payload);
}

TEST_CASE("A large body begins block-wise without being asked, with its size") {
  WorldTimeline timeline(one_server(body_of(1500)));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "r", {.options = {block(kBlock2, 1, false, 6)}}));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [23:0e 28:05dc] (1024 octets)",
                                 "0 ACK 2.05 2 a1 [23:16] (476 octets)"});
}

TEST_CASE("A server that prefers smaller blocks answers with them, renumbered") {
  auto world = one_server(body_of(300));
  world.servers.front().block_szx = 2;
  WorldTimeline timeline(std::move(world));
  timeline.send(con_get(1, "r", {.options = {block(kBlock2, 0, false, 6)}}));
  timeline.send(con_get(2, "r", {.options = {block(kBlock2, 1, false, 4)}}));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [23:0a 28:012c] (64 octets)",
                                 "0 ACK 2.05 2 a1 [23:42] 'wxyzabcdefghijklmnopqrstuvwxyzabcdefghij"
                                 "klmn'"});
}

TEST_CASE("A block behind the end is 4.00") {
  WorldTimeline timeline(one_server(body_of(100)));
  timeline.send(con_get(1, "r", {.options = {block(kBlock2, 2, false, 2)}}));
  CHECK(timeline.take() == Lines{"0 ACK 4.00 1 a1 'Bad Request'"});
}

coap::Message put_block(coap::MessageId message_id, std::uint32_t number, bool has_more,
                        std::string_view payload) {
  return request(kCon, coap::Code::kPut, message_id, "r",
                 {.options = {block(kBlock1, number, has_more, 0)}, .payload = payload});
}

TEST_CASE("A body comes in Block1 pieces, each confirmed by 2.31, the last by 2.04") {
  WorldTimeline timeline(one_server(body_of(5)));
  timeline.send(put_block(1, 0, true, "0123456789abcdef"));
  timeline.send(put_block(2, 1, true, "ghijklmnopqrstuv"));
  timeline.send(put_block(3, 2, false, "wxyz"));
  timeline.send(con_get(4, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 2.31 1 a1 [27:08]", "0 ACK 2.31 2 a1 [27:18]",
                                 "0 ACK 2.04 3 a1 [27:20]",
                                 "0 ACK 2.05 4 a1 '0123456789abcdefghijklmnopqrstuvwxyz'"});
}

TEST_CASE("A missing block, a block without a beginning and a short block are 4.08") {
  WorldTimeline timeline(one_server(body_of(5)));
  timeline.send(put_block(1, 1, false, "no beginning"));
  timeline.send(put_block(2, 0, true, "0123456789abcdef"));
  timeline.send(put_block(3, 2, false, "gap"));
  timeline.send(put_block(4, 1, true, "short"));
  const auto lines = timeline.take();
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == "0 ACK 4.08 1 a1 [27:10] 'Request Entity Incomplete'");
  CHECK(lines[2] == "0 ACK 4.08 3 a1 [27:20] 'Request Entity Incomplete'");
  CHECK(lines[3] == "0 ACK 4.08 4 a1 [27:18] 'Request Entity Incomplete'");
}

TEST_CASE("A block sent again under a new message ID is confirmed again") {
  WorldTimeline timeline(one_server(body_of(5)));
  timeline.send(put_block(1, 0, true, "0123456789abcdef"));
  timeline.send(put_block(2, 1, true, "ghijklmnopqrstuv"));
  timeline.send(put_block(3, 1, true, "ghijklmnopqrstuv"));
  timeline.send(put_block(4, 2, false, "!"));
  timeline.send(con_get(5, "r"));
  CHECK(timeline.take().back() == "0 ACK 2.05 5 a1 '0123456789abcdefghijklmnopqrstuv!'");
}

TEST_CASE("A body over the server's limit is 4.13 with the limit") {
  auto world = one_server(body_of(5));
  world.servers.front().limits.body_size_max = 20;
  WorldTimeline timeline(std::move(world));
  timeline.send(put_block(1, 0, true, "0123456789abcdef"));
  timeline.send(put_block(2, 1, true, "ghijklmnopqrstuv"));
  CHECK(timeline.take().back() == "0 ACK 4.13 2 a1 [27:18 60:14] 'Request Entity Too Large'");
}

TEST_CASE("A server that prefers smaller blocks says so in its first confirmation") {
  auto world = one_server(body_of(5));
  world.servers.front().block_szx = 0;
  WorldTimeline timeline(std::move(world));
  const std::string first(64, 'a');
  timeline.send(request(kCon, coap::Code::kPut, 1, "r",
                        {.options = {block(kBlock1, 0, true, 2)}, .payload = first}));
  timeline.send(put_block(2, 4, false, "end"));
  CHECK(timeline.take() == Lines{"0 ACK 2.31 1 a1 [27:08]", "0 ACK 2.04 2 a1 [27:40]"});
}

TEST_CASE("A POST comes in blocks and its result goes in blocks") {
  auto resource = body_of(100);
  resource.post = PostEffect::kProcess;
  auto world = one_server(std::move(resource));
  world.servers.front().block_szx = 2;
  WorldTimeline timeline(std::move(world));
  const std::string half(64, 'x');
  const auto post = [&](coap::MessageId id, std::vector<coap::Option> options,
                        std::string_view payload) {
    timeline.send(request(kCon, coap::Code::kPost, id, "r",
                          {.options = std::move(options), .payload = payload}));
  };
  post(1, {block(kBlock1, 0, true, 2)}, half);
  post(2, {block(kBlock1, 1, false, 2)}, half);
  post(3, {block(kBlock2, 1, false, 2)}, "");
  const auto lines = timeline.take();
  CHECK(lines[0] == "0 ACK 2.31 1 a1 [27:0a]");
  CHECK(lines[1] == "0 ACK 2.04 2 a1 [23:0a 27:12 28:64] (64 octets)");
  CHECK(lines[2] == "0 ACK 2.04 3 a1 [23:12] 'mnopqrstuvwxyzabcdefghijklmnopqrstuv'");
}

TEST_CASE("The rest of a result that nobody asked for is 4.08") {
  auto resource = body_of(100);
  resource.post = PostEffect::kProcess;
  WorldTimeline timeline(one_server(std::move(resource)));
  timeline.send(
      request(kCon, coap::Code::kPost, 1, "r", {.options = {block(kBlock2, 1, false, 2)}}));
  CHECK(timeline.take() == Lines{"0 ACK 4.08 1 a1 'Request Entity Incomplete'"});
}

TEST_CASE("Transfers of two peers do not mix, and the oldest of too many gives way") {
  auto world = one_server(body_of(5));
  world.servers.front().limits.transfers_max = 2;
  WorldTimeline timeline(std::move(world));
  const net::Endpoint third{net::IpAddress::v4({10, 0, 0, 4}), 1};
  for (const auto& client : {kClient, kOther, third}) {
    timeline.set_client(client);
    timeline.send(put_block(1, 0, true, "0123456789abcdef"));
  }
  static_cast<void>(timeline.take());
  for (const auto& client : {kClient, kOther, third}) {
    timeline.set_client(client);
    timeline.send(put_block(2, 1, false, "end"));
  }
  CHECK(timeline.take() == Lines{"0 ACK 4.08 2 a1 [27:10] 'Request Entity Incomplete'",
                                 "0 ACK 2.04 2 a1 [27:10]", "0 ACK 2.04 2 a1 [27:10]"});
}

TEST_CASE("Bodies are bounded in octets: the oldest gives way, the latest stays") {
  BlockStore store({.size_max = 100, .octets_max = 100, .body_size_max = 80});
  Request fetched;
  for (const auto path : {"a", "b", "c"}) {
    fetched.path = path;
    store.keep_result(kClient, fetched, {.head = {}, .body = Bytes(40, 'x')});
  }
  CHECK(store.size() == 2);
  CHECK(store.octets() == 80);
  CHECK(store.find_result(kClient, fetched) != nullptr);
  fetched.path = "a";
  CHECK(store.find_result(kClient, fetched) == nullptr);
}

TEST_CASE("Bodies of one path and several queries do not mix") {
  BlockStore store({.size_max = 10, .octets_max = 1000, .body_size_max = 100});
  Request fetched;
  fetched.path = "r";
  fetched.queries = {"a"};
  store.keep_result(kClient, fetched, {.head = {}, .body = to_bytes("of a")});
  fetched.queries = {"b"};
  CHECK(store.find_result(kClient, fetched) == nullptr);
  store.keep_result(kClient, fetched, {.head = {}, .body = to_bytes("of b")});
  fetched.queries = {"a"};
  REQUIRE(store.find_result(kClient, fetched) != nullptr);
  CHECK(as_text(store.find_result(kClient, fetched)->body) == "of a");
}

}  // namespace
}  // namespace vmodem::sim
