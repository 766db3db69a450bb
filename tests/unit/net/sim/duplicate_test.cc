#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

// Counts what it processes: each PUT is another version.
WorldConfig counting(DuplicateRule rule) {
  auto resource = hello();
  resource.methods = kGet | kPost;
  resource.content = Content::kRequest;
  resource.post = PostEffect::kCreateChild;
  resource.location_path = {"r"};
  auto world = one_server(std::move(resource));
  world.servers.front().manners.duplicates = rule;
  return world;
}

coap::Message con_post(coap::MessageId message_id, std::string_view token) {
  return request(coap::Type::kConfirmable, coap::Code::kPost, message_id, "r",
                 {.token = token, .payload = "x"});
}

TEST_CASE("A copy of a CON is answered as the first one was and processed once") {
  WorldTimeline timeline(counting(DuplicateRule::kMessageIdAndToken));
  timeline.send(con_post(1, "a1"));
  timeline.run_to(246s);
  timeline.send(con_post(1, "a1"));
  timeline.run_to(247s);
  timeline.send(con_post(1, "a1"));
  CHECK(timeline.take() == Lines{"0 ACK 2.01 1 a1 [8:72 8:31]", "246 ACK 2.01 1 a1 [8:72 8:31]",
                                 "247 ACK 2.01 1 a1 [8:72 8:32]"});
  CHECK(timeline.world().count(WorldEventKind::kDuplicate) == 1);
}

TEST_CASE("A copy of a NON is ignored for 145 s") {
  auto copy = con_post(1, "a1");
  copy.type = coap::Type::kNonConfirmable;
  WorldTimeline timeline(counting(DuplicateRule::kMessageIdAndToken));
  timeline.send(copy);
  timeline.run_to(144s);
  timeline.send(copy);
  timeline.run_to(145s);
  timeline.send(copy);
  CHECK(timeline.take() == Lines{"0 NON 2.01 * a1 [8:72 8:31]", "145 NON 2.01 * a1 [8:72 8:32]"});
}

TEST_CASE("A reused message ID with another token is new to a kind server") {
  WorldTimeline timeline(counting(DuplicateRule::kMessageIdAndToken));
  timeline.send(con_post(1234, "a1"));
  timeline.send(con_post(1234, "a2"));
  CHECK(timeline.take() ==
        Lines{"0 ACK 2.01 1234 a1 [8:72 8:31]", "0 ACK 2.01 1234 a2 [8:72 8:32]"});
}

TEST_CASE(
    "A reused message ID brings back the old answer with the old token for 247 s, as "
    "Californium does") {
  WorldTimeline timeline(counting(DuplicateRule::kMessageId));
  timeline.send(con_post(1234, "a1"));
  timeline.run_to(246s);
  timeline.send(con_post(1234, "a2"));
  timeline.run_to(247s);
  timeline.send(con_post(1234, "a3"));
  CHECK(timeline.take() == Lines{"0 ACK 2.01 1234 a1 [8:72 8:31]",
                                 "246 ACK 2.01 1234 a1 [8:72 8:31]",
                                 "247 ACK 2.01 1234 a3 [8:72 8:32]"});
}

TEST_CASE("A server that knows no copies processes each") {
  WorldTimeline timeline(counting(DuplicateRule::kNone));
  timeline.send(con_post(1, "a1"));
  timeline.send(con_post(1, "a1"));
  CHECK(timeline.take() == Lines{"0 ACK 2.01 1 a1 [8:72 8:31]", "0 ACK 2.01 1 a1 [8:72 8:32]"});
}

TEST_CASE("The same message ID from another peer is no copy") {
  WorldTimeline timeline(counting(DuplicateRule::kMessageId));
  timeline.send(con_post(1, "a1"));
  timeline.set_client(kOther);
  timeline.send(con_post(1, "a1"));
  CHECK(timeline.take() == Lines{"0 ACK 2.01 1 a1 [8:72 8:31]", "0 ACK 2.01 1 a1 [8:72 8:32]"});
}

TEST_CASE("A copy of a request that waits for its separate response gets the empty ACK again") {
  const auto rule = GENERATE(DuplicateRule::kMessageIdAndToken, DuplicateRule::kNone);
  auto world = one_server(hello({{.form = AnswerForm::kSeparate, .delay = 5s}}));
  world.servers.front().manners.duplicates = rule;
  WorldTimeline timeline(std::move(world));
  timeline.set_polite(true);
  timeline.send(con_get(1, "r"));
  timeline.run_to(2s);
  timeline.send(con_get(1, "r"));
  timeline.run_to(20s);
  CHECK(timeline.take() == Lines{"0 ACK 0.00 1", "2 ACK 0.00 1", "5 CON 2.05 * a1 'hello'"});
}

TEST_CASE("A copy of a request that is answered slowly waits for the same answer") {
  WorldTimeline timeline(one_server(hello({{.delay = 5s}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(2s);
  timeline.send(con_get(1, "r"));
  timeline.run_to(6s);
  timeline.send(con_get(1, "r"));
  CHECK(timeline.take() == Lines{"5 ACK 2.05 1 a1 'hello'", "6 ACK 2.05 1 a1 'hello'"});
}

}  // namespace
}  // namespace vmodem::sim
