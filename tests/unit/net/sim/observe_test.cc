// RFC 7641, ETSI TD_COAP_OBS.
#include "coap_core/codec.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

constexpr auto kCon = coap::Type::kConfirmable;

coap::Message observe(coap::MessageId id, std::string_view path, std::uint32_t value = 0,
                      std::string_view token = "a1") {
  return con_get(id, path, {.token = token, .options = {uint_option(coap::kObserve, value)}});
}

struct Plugtest : WorldTimeline {
  Plugtest() { set_server(kPlugtest); }
};

WorldConfig on_change(coap::Type notification = kCon) {
  auto resource = hello();
  resource.methods = kGet | kPut | kDelete;
  resource.observe = {.is_offered = true, .period = {}, .notification = notification};
  return one_server(std::move(resource));
}

void change(WorldTimeline& timeline, std::string_view content) {
  REQUIRE(timeline.world().set_content(timeline.now(), kServer, "r",
                                       {std::nullopt, to_bytes(content)}));
  timeline.settle();
}

TEST_CASE("OBS_01: /obs is notified every 5 s by CON with a growing number") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.run_to(12s);
  CHECK(server.take() == Lines{"0 ACK 2.05 1 a1 [4:01 6:02 12: 14:05] '/obs 1'",
                               "5 CON 2.05 * a1 [4:02 6:03 12: 14:05] '/obs 2'",
                               "10 CON 2.05 * a1 [4:03 6:04 12: 14:05] '/obs 3'"});
}

TEST_CASE("OBS_02: /obs-non is notified by NON") {
  Plugtest server;
  server.send(observe(1, "obs-non"));
  server.run_to(12s);
  CHECK(server.take() == Lines{"0 ACK 2.05 1 a1 [4:01 6:02 12: 14:05] '/obs-non 1'",
                               "5 NON 2.05 * a1 [4:02 6:03 12: 14:05] '/obs-non 2'",
                               "10 NON 2.05 * a1 [4:03 6:04 12: 14:05] '/obs-non 3'"});
}

TEST_CASE("OBS_05: who acknowledges nothing is given up; retransmissions carry new content") {
  Plugtest server;
  server.send(observe(1, "obs"));
  server.run_to(300s);
  std::set<std::string> numbers;
  std::set<coap::MessageId> message_ids;
  for (std::size_t i = 1; i < server.received().size(); ++i) {
    const auto message = coap::decode(server.received()[i].octets)->to_message();
    message_ids.insert(message.message_id);
  }
  CHECK(server.received().size() == 6);  // the answer, a notification and four retransmissions
  CHECK(message_ids.size() >= 3);
  CHECK(server.world().count(WorldEventKind::kGaveUp) == 1);
  CHECK(server.world().count(WorldEventKind::kObserverRemoved) == 1);
  CHECK(server.world().poll_timeout() == std::nullopt);
}

TEST_CASE("OBS_06: a RST to a CON notification ends the observation") {
  Plugtest server;
  server.send(observe(1, "obs"));
  server.run_to(5s);
  server.reset();
  static_cast<void>(server.take());
  server.run_to(300s);
  CHECK(server.take().empty());
}

TEST_CASE("A RST to a NON notification ends the observation") {
  Plugtest server;
  server.send(observe(1, "obs-non"));
  server.run_to(5s);
  server.reset();
  static_cast<void>(server.take());
  server.run_to(300s);
  CHECK(server.take().empty());
}

TEST_CASE("OBS_07: DELETE tells 4.04 without Observe, once") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.run_to(1s);
  server.send(request(kCon, coap::Code::kDelete, 2, "obs", {.token = "b1"}));
  server.run_to(60s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == "1 ACK 2.02 2 b1");
  CHECK(lines[2] == "1 CON 4.04 * a1 'Not Found'");
}

TEST_CASE("A resource may be removed from outside") {
  WorldTimeline timeline(on_change());
  timeline.set_polite(true);
  timeline.send(observe(1, "r"));
  REQUIRE(timeline.world().remove_resource(timeline.now(), kServer, "r"));
  timeline.settle();
  CHECK(timeline.take().back() == "0 CON 4.04 * a1 'Not Found'");
  CHECK_FALSE(timeline.world().remove_resource(timeline.now(), kServer, "nowhere"));
}

TEST_CASE("OBS_08: another Content-Format tells 4.06 without Observe, once") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.run_to(1s);
  server.send(
      request(kCon, coap::Code::kPut, 2, "obs",
              {.token = "b1", .options = {uint_option(kContentFormat, 41)}, .payload = "x"}));
  server.run_to(60s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 3);
  CHECK(lines[2] == "1 CON 4.06 * a1 'Not Acceptable'");
}

TEST_CASE("OBS_09: a PUT changes what is notified") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.run_to(1s);
  server.send(request(kCon, coap::Code::kPut, 2, "obs", {.token = "b1", .payload = "new"}));
  server.run_to(6s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 4);
  CHECK(lines[2] == "1 CON 2.05 * a1 [4:02 6:03 14:05] 'new'");
  CHECK(lines[3] == "5 CON 2.05 * a1 [4:03 6:04 14:05] 'new'");
}

TEST_CASE("OBS_10: a plain GET cancels nothing") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.send(con_get(2, "obs", {.token = "b1"}));
  server.run_to(5s);
  CHECK(server.take().back() == "5 CON 2.05 * a1 [4:02 6:03 12: 14:05] '/obs 2'");
}

TEST_CASE("OBS_12: GET with Observe 1 cancels and is answered without Observe") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs"));
  server.send(observe(2, "obs", 1));
  server.run_to(60s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 2);
  CHECK(lines[1] == "0 ACK 2.05 2 a1 [4:01 12: 14:05] '/obs 1'");
}

TEST_CASE("OBS_13: a large resource is notified by its first block, the rest is fetched") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs-large"));
  server.run_to(5s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].starts_with("5 CON 2.05 * a1 [4:02 6:03 12: 14:05 23:0e 28:"));
  server.send(
      con_get(2, "obs-large",
              {.token = "b1", .options = {uint_option(kBlock2, Block{1, false, 6}.value())}}));
  CHECK(server.last().payload.size() < 1024);
  CHECK(as_text(server.last().payload).ends_with("2"));
}

TEST_CASE("OBS_14: /obs-pumping is now longer than a block and now not") {
  Plugtest server;
  server.set_polite(true);
  server.send(observe(1, "obs-pumping"));
  server.run_to(12s);
  const auto lines = server.take();
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("0 ACK 2.05 1 a1 [4:01 6:02 12: 14:05 23:0e 28:"));
  CHECK(lines[1] == "5 CON 2.05 * a1 [4:02 6:03 12: 14:05] '/obs-pumping is short 2'");
  CHECK(lines[2].starts_with("10 CON 2.05 * a1 [4:03 6:04 12: 14:05 23:0e 28:"));
}

TEST_CASE("A registration again under the same token replaces the earlier one") {
  WorldTimeline timeline(on_change());
  timeline.set_polite(true);
  timeline.send(observe(1, "r"));
  timeline.send(observe(2, "r"));
  static_cast<void>(timeline.take());
  change(timeline, "new");
  CHECK(timeline.take() == Lines{"0 CON 2.05 * a1 [6:03] 'new'"});
}

TEST_CASE("Observers of several tokens and peers are notified each") {
  WorldTimeline timeline(on_change());
  timeline.set_polite(true);
  timeline.send(observe(1, "r", 0, "a1"));
  timeline.send(observe(2, "r", 0, "a2"));
  timeline.set_client(kOther);
  timeline.send(observe(1, "r", 0, "a1"));
  static_cast<void>(timeline.take());
  change(timeline, "new");
  CHECK(timeline.take() == Lines{"0 CON 2.05 * a1 [6:03] 'new'", "0 CON 2.05 * a2 [6:03] 'new'",
                                 "0 CON 2.05 * a1 [6:03] 'new'"});
}

TEST_CASE("OBS_11: one notification at a time; the latest content follows the ACK") {
  WorldTimeline timeline(on_change());
  timeline.send(observe(1, "r"));
  change(timeline, "one");
  change(timeline, "two");
  change(timeline, "three");
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [6:02] 'hello'", "0 CON 2.05 * a1 [6:03] 'one'"});
  timeline.acknowledge();
  CHECK(timeline.take() == Lines{"0 CON 2.05 * a1 [6:05] 'three'"});
}

TEST_CASE("A change during a retransmission goes out in its place, under the same count") {
  WorldTimeline timeline(on_change());
  timeline.send(observe(1, "r"));
  change(timeline, "one");
  timeline.run_to(1s);
  change(timeline, "two");
  timeline.run_to(200s);
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [6:02] 'hello'", "0 CON 2.05 * a1 [6:03] 'one'",
                                 "2 CON 2.05 * a1 [6:04] 'two'", "6 CON 2.05 * a1 [6:04] 'two'",
                                 "14 CON 2.05 * a1 [6:04] 'two'", "30 CON 2.05 * a1 [6:04] 'two'"});
}

TEST_CASE("A NON observation is confirmed once in 24 hours") {
  auto world = on_change(coap::Type::kNonConfirmable);
  world.servers.front().resources.front().observe.period = 12h;
  WorldTimeline timeline(std::move(world));
  timeline.set_polite(true);
  timeline.send(observe(1, "r"));
  timeline.run_to(49h);
  CHECK(timeline.take() ==
        Lines{"0 ACK 2.05 1 a1 [6:02] 'hello'", "43200 NON 2.05 * a1 [6:03] 'hello'",
              "86400 CON 2.05 * a1 [6:04] 'hello'", "129600 NON 2.05 * a1 [6:05] 'hello'",
              "172800 CON 2.05 * a1 [6:06] 'hello'"});
}

TEST_CASE("What cannot be observed answers without Observe") {
  WorldTimeline timeline(one_server(hello()));
  timeline.send(observe(1, "r"));
  timeline.send(observe(2, "nowhere"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 'hello'", "0 ACK 4.04 2 a1 'Not Found'"});
}

TEST_CASE("Without an observer nothing ticks") {
  Plugtest server;
  server.set_polite(true);
  CHECK(server.world().poll_timeout() == std::nullopt);
  server.send(observe(1, "obs"));
  CHECK(server.world().poll_timeout() == Instant{} + 5s);
  server.send(observe(2, "obs", 1));
  server.run_to(5s);
  CHECK(server.world().poll_timeout() == std::nullopt);
}

TEST_CASE("An observer beyond the bound is answered, not registered") {
  auto world = on_change();
  world.servers.front().limits.observers_max = 1;
  WorldTimeline timeline(std::move(world));
  timeline.send(observe(1, "r", 0, "a1"));
  timeline.send(observe(2, "r", 0, "a2"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 1 a1 [6:02] 'hello'", "0 ACK 2.05 2 a2 'hello'"});
  CHECK(timeline.world().count(WorldEventKind::kOverflow) == 1);
}

}  // namespace
}  // namespace vmodem::sim
