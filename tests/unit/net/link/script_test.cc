#include "tests/support/catch.h"
#include "tests/unit/net/link/bench.h"

namespace vmodem::net {
namespace {

using Texts = std::vector<std::string>;

TEST_CASE("A link without configuration delivers everything at once and in order") {
  LinkBench bench{{}};
  bench.send(0s, kUp, "a");
  bench.send(0s, kDown, "b");
  bench.send(1s, kUp, "c");
  bench.run_to_end();
  CHECK(bench.seen == std::vector<Seen>{{0s, kUp, "a"}, {0s, kDown, "b"}, {1s, kUp, "c"}});
  CHECK(bench.events().empty());
}

TEST_CASE("A script loses the 2nd and 3rd uplink datagram and says so") {
  LinkConfig config;
  config.steps = {{.direction = kUp, .first = 2, .count = 2, .action = LinkStepAction::kLose}};
  LinkBench bench{config};
  bench.send_many(kUp, 4, 1s);
  bench.send(4s, kDown, "down");
  bench.send(4s, kDown, "down too");
  bench.run_to_end();
  CHECK(bench.texts() == Texts{"1", "4", "down", "down too"});
  CHECK(bench.events() == std::vector<LinkEvent>{{LinkEventKind::kLostByScript, kUp, 2, 1},
                                                 {LinkEventKind::kLostByScript, kUp, 3, 1}});
}

TEST_CASE("A script doubles, delays and corrupts single datagrams") {
  LinkConfig config;
  config.steps = {{.direction = kUp, .first = 1, .action = LinkStepAction::kDuplicate},
                  {.direction = kUp, .first = 2, .action = LinkStepAction::kDelay, .delay = 5s},
                  {.direction = kUp, .first = 4, .action = LinkStepAction::kCorrupt}};
  LinkBench bench{config};
  bench.send_many(kUp, 4, 1s);
  bench.run_to_end();
  REQUIRE(bench.seen.size() == 5);
  CHECK(bench.seen[0] == bench.seen[1]);
  CHECK(bench.seen[2] == Seen{2s, kUp, "3"});
  CHECK(bench.seen[3].text != "4");
  CHECK(bench.seen[4] == Seen{6s, kUp, "2"});
}

TEST_CASE("A scripted datagram is not left to chance") {
  LinkConfig config;
  config.uplink.loss = 1.0;
  config.steps = {{.direction = kUp, .first = 2, .action = LinkStepAction::kDuplicate}};
  LinkBench bench{config};
  bench.send_many(kUp, 3, 1s);
  bench.run_to_end();
  CHECK(bench.texts() == Texts{"2", "2"});
}

TEST_CASE("From 10 s for 30 s nothing passes, in either direction") {
  LinkConfig config;
  config.outages = {{.from = 10s, .length = 30s, .every = {}, .direction = {}}};
  LinkBench bench{config};
  bench.send(9999ms, kUp, "before");
  bench.send(10s, kUp, "first second");
  bench.send(39999ms, kDown, "last second");
  bench.send(40s, kDown, "after");
  bench.run_to_end();
  CHECK(bench.texts() == Texts{"before", "after"});
  CHECK(bench.link.count(LinkEventKind::kDroppedDown) == 2);
}

TEST_CASE("An outage repeats and may concern one direction") {
  LinkConfig config;
  config.outages = {{.from = 0s, .length = 1s, .every = 10s, .direction = kDown}};
  LinkBench bench{config};
  for (const auto at : {0s, 5s, 10s, 15s, 20s}) {
    bench.send(at, kUp, "up");
    bench.send(at, kDown, "down");
  }
  bench.run_to_end();
  CHECK(bench.texts() == Texts{"up", "up", "down", "up", "up", "down", "up"});
}

TEST_CASE("set_down() drops what is sent, lets arrive what is under way, and ends by itself") {
  LinkConfig config;
  config.uplink.delay = 2s;
  LinkBench bench{config};
  bench.send(0s, kUp, "under way");
  bench.link.set_down(Instant{} + 5s);
  bench.send(1s, kUp, "dropped");
  bench.send(5s, kUp, "again up");
  bench.run_to_end();
  CHECK(bench.seen == std::vector<Seen>{{2s, kUp, "under way"}, {7s, kUp, "again up"}});
}

TEST_CASE("set_down() with a past instant brings the link up again") {
  LinkBench bench{{}};
  bench.link.set_down(Instant{} + 100s);
  bench.link.set_down(Instant{});
  bench.send(1s, kUp, "passes");
  bench.run_to_end();
  CHECK(bench.texts() == Texts{"passes"});
}

}  // namespace
}  // namespace vmodem::net
