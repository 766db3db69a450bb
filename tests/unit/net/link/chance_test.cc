#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "net/link/link_presets.h"
#include "tests/support/catch.h"
#include "tests/unit/net/link/bench.h"

namespace vmodem::net {
namespace {

constexpr int kMany = 20'000;

// Four standard deviations of a binomial count: one seed in 16,000 falls outside.
bool is_near(std::uint64_t count, double probability) {
  const auto expected = kMany * probability;
  const auto deviation = std::sqrt(kMany * probability * (1 - probability));
  return std::abs(static_cast<double>(count) - expected) < 4 * deviation;
}

LinkConfig noisy() {
  LinkConfig config;
  config.uplink = {.loss = 0.1,
                   .delay = 100ms,
                   .jitter = 200ms,
                   .duplication = 0.05,
                   .reordering = 0.02,
                   .reordering_delay = 1s,
                   .corruption = 0.03,
                   .queue_size_max = 100'000};
  return config;
}

TEST_CASE("Losses, copies, corruptions and reorderings are as frequent as configured") {
  const auto seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  LinkBench bench{noisy(), seed};
  bench.send_many(kUp, kMany, 1ms);
  const auto passed = 0.9;  // corruption and duplication befall what is not lost
  CHECK(is_near(bench.link.count(LinkEventKind::kLost), 0.1));
  CHECK(is_near(bench.link.count(LinkEventKind::kDuplicated), passed * 0.05));
  CHECK(is_near(bench.link.count(LinkEventKind::kCorrupted), passed * 0.03));
  CHECK(is_near(bench.link.count(LinkEventKind::kReordered), 0.02));
}

TEST_CASE("Everything sent is delivered, lost or delivered twice: nothing else") {
  LinkBench bench{noisy()};
  bench.send_many(kUp, kMany, 1ms);
  bench.run_to_end();
  const auto& link = bench.link;
  CHECK(bench.seen.size() ==
        kMany - link.count(LinkEventKind::kLost) + link.count(LinkEventKind::kDuplicated));
}

TEST_CASE("The same seed gives the same deliveries, another seed others") {
  const auto run = [](std::uint64_t seed) {
    LinkBench bench{noisy(), seed};
    bench.send_many(kUp, 1000, 10ms);
    bench.run_to_end();
    return bench.seen;
  };
  CHECK(run(7) == run(7));
  CHECK(run(7) != run(8));
}

TEST_CASE("Jitter stays within its bounds and lets no datagram overtake another") {
  LinkConfig config;
  config.uplink = {.delay = 100ms, .jitter = 50ms};
  LinkBench bench{config};
  bench.send_many(kUp, 2000, 1s);
  bench.run_to_end();
  REQUIRE(bench.seen.size() == 2000);
  std::set<Duration> delays;
  for (std::size_t i = 0; i < bench.seen.size(); ++i) {
    const auto delay = bench.seen[i].at - 1s * static_cast<int>(i);
    REQUIRE(delay >= 100ms);
    REQUIRE(delay <= 150ms);
    delays.insert(delay);
  }
  CHECK(delays.size() > 1000);
  CHECK(*delays.begin() < 102ms);
  CHECK(*delays.rbegin() > 148ms);
}

TEST_CASE("Datagrams sent faster than the jitter stay in order") {
  LinkConfig config;
  config.uplink = {.delay = 100ms, .jitter = 900ms, .queue_size_max = 10'000};
  LinkBench bench{config};
  bench.send_many(kUp, 1000, 1ms);
  bench.run_to_end();
  std::vector<int> numbers;
  for (const auto& text : bench.texts()) numbers.push_back(std::stoi(text));
  CHECK(std::ranges::is_sorted(numbers));
}

TEST_CASE("A reordered datagram is overtaken by those behind it") {
  LinkConfig config;
  config.uplink = {.reordering = 0.2, .reordering_delay = 1500ms};
  LinkBench bench{config};
  bench.send_many(kUp, 100, 1s);
  bench.run_to_end();
  std::vector<int> numbers;
  for (const auto& text : bench.texts()) numbers.push_back(std::stoi(text));
  CHECK_FALSE(std::ranges::is_sorted(numbers));
  std::ranges::sort(numbers);
  CHECK(std::ranges::adjacent_find(numbers) == numbers.end());
  CHECK(numbers.size() == 100);
}

TEST_CASE("Corruption changes exactly one bit, or one octet") {
  const auto unit = GENERATE(CorruptionUnit::kBit, CorruptionUnit::kOctet);
  LinkConfig config;
  config.uplink = {.corruption = 1.0, .corruption_unit = unit};
  LinkBench bench{config};
  const std::string sent(64, 'x');
  for (int i = 0; i < 200; ++i) bench.send(1s * i, kUp, sent);
  bench.run_to_end();
  for (const auto& one : bench.seen) {
    int octets = 0;
    int bits = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      const auto difference = static_cast<unsigned char>(one.text[i] ^ sent[i]);
      octets += difference != 0 ? 1 : 0;
      bits += std::popcount(difference);
    }
    REQUIRE(octets == 1);
    if (unit == CorruptionUnit::kBit) REQUIRE(bits == 1);
  }
}

TEST_CASE("An empty datagram has nothing to corrupt and passes") {
  LinkConfig config;
  config.uplink.corruption = 1.0;
  LinkBench bench{config};
  bench.send(0s, kUp, "");
  bench.run_to_end();
  CHECK(bench.texts() == std::vector<std::string>{""});
}

TEST_CASE("A flood is held to the queue bound on every preset") {
  for (const auto& preset : link_presets()) {
    INFO(preset.name);
    auto config = preset.config();
    config.uplink.delay = 10s;
    LinkBench bench{config};
    for (int i = 0; i < 10'000; ++i) bench.send(0s, kUp, "flood");
    bench.run_to_end();
    CHECK(bench.seen.size() <= 2 * config.uplink.queue_size_max);
    CHECK(bench.link.count(LinkEventKind::kDroppedFull) > 9'000);
  }
}

}  // namespace
}  // namespace vmodem::net
