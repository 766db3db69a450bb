#include "tests/support/catch.h"
#include "tests/unit/net/link/bench.h"

namespace vmodem::net {
namespace {

TEST_CASE("The first datagram pays for the promotion, those within the inactivity time do not") {
  LinkConfig config;
  config.radio = {.promotion_delay = 2s, .inactivity_time = 10s};
  LinkBench bench{config};
  bench.send(0s, kUp, "pays");
  bench.send(1s, kDown, "waits for the same promotion");
  bench.send(5s, kUp, "connected");
  bench.send(14999ms, kUp, "still connected");
  bench.send(30s, kUp, "pays again");
  bench.run_to_end();
  std::vector<Duration> instants;
  for (const auto& one : bench.seen) instants.push_back(one.at);
  CHECK(instants == std::vector<Duration>{2s, 2s, 5s, 14999ms, 32s});
}

TEST_CASE("Downlink to an idle module waits for the paging cycle, uplink does not") {
  LinkConfig config;
  config.radio = {.promotion_delay = 100ms, .inactivity_time = 1s, .paging_cycle = 20s};
  LinkBench bench{config};
  bench.send(5s, kUp, "up");
  bench.send(7s, kDown, "waits");
  bench.run_to_end();
  CHECK(bench.seen == std::vector<Seen>{{5100ms, kUp, "up"}, {20100ms, kDown, "waits"}});
}

TEST_CASE("Downlink to a module in power saving is dropped until it sends") {
  LinkConfig config;
  config.radio = {.inactivity_time = 10s, .active_time = 5s};
  LinkBench bench{config};
  bench.send(0s, kUp, "wakes");
  bench.send(14s, kDown, "idle, reachable");
  bench.send(39s, kDown, "asleep");
  bench.send(40s, kUp, "wakes");
  bench.send(41s, kDown, "reachable");
  bench.run_to_end();
  CHECK(bench.texts() ==
        std::vector<std::string>{"wakes", "idle, reachable", "wakes", "reachable"});
  CHECK(bench.link.count(LinkEventKind::kDroppedAsleep) == 1);
}

}  // namespace
}  // namespace vmodem::net
