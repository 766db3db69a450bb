#include "tests/support/catch.h"
#include "tests/unit/net/link/bench.h"

namespace vmodem::net {
namespace {

TEST_CASE("The delay is that of the direction") {
  LinkConfig config;
  config.uplink.delay = 300ms;
  config.downlink.delay = 100ms;
  LinkBench bench{config};
  bench.send(0s, kUp, "up");
  bench.send(0s, kDown, "down");
  bench.run_to_end();
  CHECK(bench.seen == std::vector<Seen>{{100ms, kDown, "down"}, {300ms, kUp, "up"}});
}

TEST_CASE("Bandwidth delays by the size of the IP packet, one datagram after the other") {
  LinkConfig config;
  config.uplink.bits_per_second = 8'000;  // an octet a millisecond
  LinkBench bench{config};
  bench.send(0s, kUp, std::string(72, 'a'));   // 100 octets with headers
  bench.send(0s, kUp, std::string(172, 'b'));  // 200
  bench.send(1s, kUp, std::string(72, 'c'));
  bench.run_to_end();
  REQUIRE(bench.seen.size() == 3);
  CHECK(bench.seen[0].at == 100ms);
  CHECK(bench.seen[1].at == 300ms);
  CHECK(bench.seen[2].at == 1100ms);
}

TEST_CASE("A packet over the MTU is dropped, one of its size passes") {
  LinkConfig config;
  config.uplink.mtu = 128;
  LinkBench bench{config};
  bench.send(0s, kUp, std::string(100, 'a'));
  bench.send(0s, kUp, std::string(101, 'b'));
  bench.run_to_end();
  CHECK(bench.seen.size() == 1);
  CHECK(bench.events() == std::vector<LinkEvent>{{LinkEventKind::kDroppedLarge, kUp, 2, 101}});
}

TEST_CASE("A full queue drops the newest datagram and has room again after a delivery") {
  LinkConfig config;
  config.uplink.delay = 1s;
  config.uplink.queue_size_max = 2;
  LinkBench bench{config};
  bench.send(0s, kUp, "1");
  bench.send(0s, kUp, "2");
  bench.send(0s, kUp, "3");
  bench.send(1s, kUp, "4");
  bench.run_to_end();
  CHECK(bench.texts() == std::vector<std::string>{"1", "2", "4"});
  CHECK(bench.events() == std::vector<LinkEvent>{{LinkEventKind::kDroppedFull, kUp, 3, 1}});
}

TEST_CASE("A new configuration counts from the next datagram") {
  LinkConfig slow;
  slow.uplink.delay = 5s;
  LinkBench bench{slow};
  bench.send(0s, kUp, "slow");
  bench.link.set_config({});
  bench.send(5s, kUp, "fast");
  bench.run_to_end();
  CHECK(bench.seen == std::vector<Seen>{{5s, kUp, "slow"}, {5s, kUp, "fast"}});
}

TEST_CASE("Events nobody polls are counted, not kept without bound") {
  LinkConfig config;
  config.uplink.loss = 1.0;
  LinkBench bench{config};
  bench.send_many(kUp, 1000, 1ms);
  CHECK(bench.link.count(LinkEventKind::kLost) == 1000);
  CHECK(bench.events().size() == LinkEventLog::kSizeMax);
  CHECK(bench.events().empty());
}

TEST_CASE("Every kind of event has words of its own") {
  std::vector<std::string_view> words;
  for (int i = 0; i < static_cast<int>(LinkEventKind::kCount); ++i) {
    words.push_back(describe(static_cast<LinkEventKind>(i)));
  }
  std::ranges::sort(words);
  CHECK(std::ranges::adjacent_find(words) == words.end());
  CHECK(std::ranges::find(words, "unknown") == words.end());
}

TEST_CASE("What does not arrive is told from what arrives changed") {
  CHECK(is_drop(LinkEventKind::kLost));
  CHECK(is_drop(LinkEventKind::kDroppedAsleep));
  CHECK_FALSE(is_drop(LinkEventKind::kDuplicated));
  CHECK_FALSE(is_drop(LinkEventKind::kCorrupted));
}

}  // namespace
}  // namespace vmodem::net
