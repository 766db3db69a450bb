// Floods: whatever comes, memory stays bounded and nothing crashes.
#include <fmt/format.h>

#include "coap_core/codec.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

net::Endpoint peer_of(std::uint64_t number) {
  return {net::IpAddress::v4({10, static_cast<std::uint8_t>(number >> 16),
                              static_cast<std::uint8_t>(number >> 8),
                              static_cast<std::uint8_t>(number)}),
          static_cast<std::uint16_t>(1024 + number % 7)};
}

Bytes random_octets(SeededRandom& random, std::size_t size_max) {
  Bytes octets(random.below(RandomStream::kFault, size_max + 1));
  random.fill(RandomStream::kFault, octets);
  return octets;
}

TEST_CASE("Random datagrams of many peers to every server end in nothing that lasts") {
  const auto seed = GENERATE(1U, 2U);
  SeededRandom random(seed);
  World world(ready_world(), random);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    for (const auto& server : {kLibcoap, kLeshan, kPlugtest, kPlugtestDtls}) {
      world.handle_datagram(Instant{} + 1ms * i, {peer_of(i), server, random_octets(random, 40)});
    }
    while (world.poll_datagram()) {
    }
  }
  // Separate responses and observations end; observers that acknowledge nothing are given up.
  std::size_t steps = 0;
  while (const auto next = world.poll_timeout()) {
    REQUIRE(++steps < 1'000'000);
    if (*next > Instant{} + 2h) break;
    world.handle_timeout(*next);
    while (world.poll_datagram()) {
    }
  }
  CHECK(world.poll_timeout() == std::nullopt);
}

// Sound messages with one octet changed reach deeper than noise.
TEST_CASE("Mutated requests of many peers crash nothing") {
  SeededRandom random(3);
  World world(ready_world(), random);
  const std::vector<Bytes> seeds{
      coap::encode(con_get(1, "obs", {.options = {uint_option(coap::kObserve, 0)}})),
      coap::encode(con_get(2, "large", {.options = {uint_option(kBlock2, 0x12)}})),
      coap::encode(
          request(coap::Type::kConfirmable, coap::Code::kPut, 3, "large-update",
                  {.options = {uint_option(kBlock1, 0x08)}, .payload = "0123456789abcdef"})),
      coap::encode(request(coap::Type::kNonConfirmable, coap::Code::kPost, 4, "large-create",
                           {.payload = "x"})),
      coap::encode(con_get(5, "async", {.options = {{kUriQuery, to_bytes("1")}}})),
      coap::encode(con_get(6, ".well-known/core", {.options = {{kUriQuery, to_bytes("rt=*")}}})),
  };
  std::size_t answers = 0;
  for (std::uint64_t i = 0; i < 60'000; ++i) {
    auto octets = seeds[i % seeds.size()];
    octets[random.below(RandomStream::kFault, octets.size())] =
        static_cast<std::uint8_t>(random.below(RandomStream::kFault, 256));
    const auto now = Instant{} + 1ms * i;
    world.handle_datagram(now, {peer_of(i % 5000), i % 2 == 0 ? kPlugtest : kLibcoap, octets});
    world.handle_timeout(now);
    while (world.poll_datagram()) ++answers;
  }
  CHECK(answers > 10'000);
}

TEST_CASE("A flood of requests for separate responses is held to the bounds") {
  auto config = one_server(hello({{.form = AnswerForm::kSeparate, .delay = 1s}}));
  config.servers.front().limits.delayed_max = 100;
  config.servers.front().limits.exchanges_max = 40;
  SeededRandom random(1);
  World world(std::move(config), random);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    world.handle_datagram({}, {peer_of(i), kServer, coap::encode(con_get(1, "r"))});
  }
  world.handle_timeout(Instant{} + 1s);
  std::size_t separate = 0;
  while (const auto datagram = world.poll_datagram()) {
    separate += coap::decode(datagram->octets)->type == coap::Type::kConfirmable ? 1 : 0;
  }
  CHECK(separate == 100);
  CHECK(world.count(WorldEventKind::kOverflow) == 900 + 60);
}

TEST_CASE("Datagrams nobody polls are bounded") {
  auto config = one_server(hello());
  config.datagrams_max = 10;
  SeededRandom random(1);
  World world(std::move(config), random);
  for (coap::MessageId i = 0; i < 100; ++i) {
    world.handle_datagram({}, {kClient, kServer, coap::encode(con_get(i, "r"))});
  }
  std::size_t count = 0;
  while (world.poll_datagram()) ++count;
  CHECK(count == 10);
  CHECK(world.count(WorldEventKind::kOverflow) == 90);
}

TEST_CASE("Events nobody polls are bounded") {
  SeededRandom random(1);
  World world(one_server(hello()), random);
  for (coap::MessageId i = 0; i < 5000; ++i) {
    world.handle_datagram({}, {kClient, kServer, coap::encode(con_get(i, "r"))});
  }
  std::size_t count = 0;
  while (world.poll_event()) ++count;
  CHECK(count == WorldEventLog::kSizeMax);
  CHECK(world.count(WorldEventKind::kRequest) == 5000);
}

TEST_CASE("Every kind of event has words of its own") {
  std::set<std::string_view> words;
  for (int i = 0; i < static_cast<int>(WorldEventKind::kCount); ++i) {
    words.insert(describe(static_cast<WorldEventKind>(i)));
  }
  CHECK(words.size() == static_cast<std::size_t>(WorldEventKind::kCount));
  CHECK_FALSE(words.contains("unknown"));
}

}  // namespace
}  // namespace vmodem::sim
