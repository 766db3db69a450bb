#include "net/link/link_presets.h"

#include "tests/support/catch.h"
#include "tests/unit/net/link/bench.h"

namespace vmodem::net {
namespace {

TEST_CASE("The five presets are found by name, each with a word why") {
  CHECK(link_presets().size() == 5);
  for (const auto name : {"perfect", "cat-m1-good", "cat-m1-poor", "nb2-deep", "tunnel"}) {
    const auto* const preset = find_link_preset(name);
    REQUIRE(preset != nullptr);
    CHECK_FALSE(preset->why.empty());
  }
  CHECK(find_link_preset("5g") == nullptr);
}

TEST_CASE("The perfect link is a link without configuration") {
  LinkBench bench{find_link_preset("perfect")->config()};
  bench.send_many(Direction::kUplink, 100, 1ms);
  bench.run_to_end();
  CHECK(bench.seen.size() == 100);
  CHECK(bench.seen.back().at == 99ms);
}

TEST_CASE("The tunnel passes nothing from 10 s for 30 s") {
  LinkBench bench{find_link_preset("tunnel")->config()};
  bench.send_many(Direction::kUplink, 50, 1s);
  bench.run_to_end();
  CHECK(bench.link.count(LinkEventKind::kDroppedDown) == 30);
}

TEST_CASE("Each preset is worse than the one before in loss and round trip") {
  const auto round_trip = [](std::string_view name) {
    const auto config = find_link_preset(name)->config();
    return config.uplink.delay + config.downlink.delay;
  };
  const auto loss = [](std::string_view name) {
    return find_link_preset(name)->config().uplink.loss;
  };
  CHECK(round_trip("cat-m1-good") < round_trip("cat-m1-poor"));
  CHECK(round_trip("cat-m1-poor") < round_trip("nb2-deep"));
  CHECK(loss("cat-m1-good") < loss("cat-m1-poor"));
  CHECK(loss("cat-m1-poor") < loss("nb2-deep"));
}

TEST_CASE("An answer over the deep link takes longer than an ACK_TIMEOUT of 2 s") {
  LinkBench bench{find_link_preset("nb2-deep")->config()};
  bench.send(0s, Direction::kUplink, "request");
  bench.run_to_end();
  REQUIRE(bench.seen.size() == 1);
  CHECK(bench.seen.front().at > 2s);
}

}  // namespace
}  // namespace vmodem::net
