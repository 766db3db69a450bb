#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

ResourceConfig changeable() {
  auto resource = hello();
  resource.methods = kGet | kPut;
  resource.has_etag = true;
  resource.observe = {.is_offered = true, .period = 1s};
  return resource;
}

TEST_CASE(
    "A server that restarts at an instant forgets observers and changes, and is silent "
    "meanwhile") {
  auto world = one_server(changeable());
  world.servers.front().restarts = {{.at = 2500ms, .upon_request = {}, .downtime = 2s}};
  WorldTimeline timeline(std::move(world));
  timeline.set_polite(true);
  timeline.send(request(coap::Type::kConfirmable, coap::Code::kPut, 1, "r", {.payload = "new"}));
  timeline.send(con_get(2, "r", {.options = {uint_option(coap::kObserve, 0)}}));
  timeline.run_to(3s);
  timeline.send(con_get(3, "r"));
  timeline.run_to(4500ms);
  timeline.send(con_get(4, "r"));
  timeline.run_to(100s);
  CHECK(timeline.take() == Lines{"0 ACK 2.04 1 a1", "0 ACK 2.05 2 a1 [4:02 6:02] 'new'",
                                 "1 CON 2.05 * a1 [4:03 6:03] 'new'",
                                 "2 CON 2.05 * a1 [4:04 6:04] 'new'",
                                 "4.5 ACK 2.05 4 a1 [4:010001] 'hello'"});
  CHECK(timeline.world().count(WorldEventKind::kRestarted) == 1);
}

TEST_CASE("A server that restarts upon its 2nd request does not answer it, and forgets copies") {
  auto world = one_server(hello());
  world.servers.front().restarts = {{.at = {}, .upon_request = 2, .downtime = {}}};
  WorldTimeline timeline(std::move(world));
  timeline.send(con_get(1, "r"));
  timeline.send(con_get(2, "r"));
  timeline.send(con_get(1, "r"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 'hello'", "0 ACK 2.05 1 a1 'hello'"});
  CHECK(timeline.world().count(WorldEventKind::kDuplicate) == 0);
}

TEST_CASE("A restart takes along what was delayed and what was being retransmitted") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate, .delay = 5s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(6s);
  timeline.send(con_get(2, "r"));
  REQUIRE(timeline.world().restart_server(timeline.now(), kServer, 0s));
  static_cast<void>(timeline.take());
  timeline.run_to(500s);
  CHECK(timeline.take().empty());
  CHECK(timeline.world().poll_timeout() == std::nullopt);
  CHECK_FALSE(timeline.world().restart_server(timeline.now(), kOther, 0s));
}

}  // namespace
}  // namespace vmodem::sim
