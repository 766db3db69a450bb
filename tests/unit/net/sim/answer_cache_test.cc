#include "net/sim/server/answer_cache.h"

#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

RememberedMessage message(Instant forget_at, std::string_view answer) {
  return {coap::Token{}, forget_at, to_bytes(answer)};
}

TEST_CASE("A message is remembered until its instant, exclusively") {
  AnswerCache cache(10, 1000);
  cache.remember({}, {kClient, 1}, message(Instant{} + 5s, "x"));
  CHECK(cache.find(Instant{} + 4999ms, {kClient, 1}) != nullptr);
  CHECK(cache.find(Instant{} + 5s, {kClient, 1}) == nullptr);
  CHECK(cache.find({}, {kClient, 2}) == nullptr);
  CHECK(cache.find({}, {kOther, 1}) == nullptr);
}

TEST_CASE("The latest message under a key counts, and outlives the earlier one") {
  AnswerCache cache(2, 1000);
  cache.remember({}, {kClient, 1}, message(Instant{} + 5s, "old"));
  cache.remember({}, {kClient, 1}, message(Instant{} + 5s, "new"));
  cache.remember({}, {kClient, 2}, message(Instant{} + 5s, "other"));
  CHECK(cache.size() == 2);
  REQUIRE(cache.find({}, {kClient, 1}) != nullptr);
  CHECK(as_text(cache.find({}, {kClient, 1})->answer) == "new");
}

TEST_CASE("The oldest gives way in number and in octets") {
  AnswerCache cache(3, 10);
  for (coap::MessageId id = 1; id <= 4; ++id) {
    cache.remember({}, {kClient, id}, message(Instant{} + 5s, "xx"));
  }
  CHECK(cache.size() == 3);
  CHECK(cache.find({}, {kClient, 1}) == nullptr);
  cache.remember({}, {kClient, 5}, message(Instant{} + 5s, "xxxxxxxx"));
  CHECK(cache.octets() <= 10);
  CHECK(cache.find({}, {kClient, 5}) != nullptr);
}

TEST_CASE("What is over is forgotten when something new is remembered") {
  AnswerCache cache(100, 1000);
  for (coap::MessageId id = 0; id < 50; ++id) {
    cache.remember({}, {kClient, id}, message(Instant{} + 5s, "x"));
  }
  cache.remember(Instant{} + 6s, {kClient, 99}, message(Instant{} + 60s, "x"));
  CHECK(cache.size() == 1);
  CHECK(cache.octets() == 1);
}

TEST_CASE("An answer that comes later is the answer of later copies") {
  AnswerCache cache(10, 1000);
  const auto ticket = cache.remember({}, {kClient, 1}, message(Instant{} + 5s, ""));
  cache.set_answer(ticket, to_bytes("late"));
  cache.set_answer(ticket + 1, to_bytes("for nobody"));
  CHECK(as_text(cache.find({}, {kClient, 1})->answer) == "late");
  CHECK(cache.octets() == 4);
  cache.clear();
  cache.set_answer(ticket, to_bytes("too late"));
  CHECK(cache.size() == 0);
  CHECK(cache.octets() == 0);
}

}  // namespace
}  // namespace vmodem::sim
