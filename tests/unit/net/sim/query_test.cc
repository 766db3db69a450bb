#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

struct Answered {
  Duration at;
  QueryAnswer answer;
};

std::vector<Answered> answers_of(World& world, const Query& query, Instant now = {}) {
  std::vector<Answered> answers;
  world.handle_query(now, QueryId{7}, query);
  while (const auto next = world.poll_timeout()) {
    world.handle_timeout(*next);
    while (auto answer = world.poll_answer()) {
      answers.push_back({next->time_since_epoch(), std::move(*answer)});
    }
  }
  return answers;
}

struct Bench {
  explicit Bench(WorldConfig config = ready_world()) : world(std::move(config), random) {}
  SeededRandom random{1};
  World world;
};

TEST_CASE("A name resolves to its host's addresses after the name server's delay") {
  Bench bench;
  const auto answers = answers_of(bench.world, NameQuery{"coap.sim"});
  REQUIRE(answers.size() == 1);
  CHECK(answers.front().at == 50ms);
  CHECK(answers.front().answer.id == QueryId{7});
  const auto& name = std::get<NameAnswer>(answers.front().answer.answer);
  CHECK(name.addresses == std::vector{kPlugtest.address});
  CHECK(name.ttl == 300s);
}

TEST_CASE("Names are compared without regard to case and to a final dot") {
  Bench bench;
  const auto answers = answers_of(bench.world, NameQuery{"Leshan.EclipseProjects.io."});
  REQUIRE(answers.size() == 1);
  CHECK(std::get<NameAnswer>(answers.front().answer.answer).addresses ==
        std::vector{kLeshan.address});
  CHECK(bench.world.knows_name("COAP.SIM"));
  CHECK_FALSE(bench.world.knows_name("example.org"));
}

TEST_CASE("A name without a host does not resolve") {
  Bench bench;
  const auto answers = answers_of(bench.world, NameQuery{"example.org"});
  REQUIRE(answers.size() == 1);
  CHECK(std::get<NameAnswer>(answers.front().answer.answer).addresses.empty());
}

TEST_CASE("A wildcard stands for every name below it that no host has itself") {
  Bench bench;
  for (const auto* name : {"pool.ntp.org", "0.pool.ntp.org", "2.Europe.pool.ntp.org"}) {
    CAPTURE(name);
    CHECK(bench.world.knows_name(name));
  }
  for (const auto* name : {"ntp.org", "xpool.ntp.org", "a.ntp.sim"}) {
    CAPTURE(name);
    CHECK_FALSE(bench.world.knows_name(name));
  }
}

TEST_CASE("Of a name that no host has the outcome is kept for who resolves it") {
  Bench bench;
  CHECK(bench.world.name_fault("example.org") == NameOutcome::kResolves);
  bench.world.set_name_outcome("Example.org", NameOutcome::kSilence);
  CHECK(bench.world.name_fault("example.org") == NameOutcome::kSilence);
  CHECK(bench.world.name_fault("coap.sim") == NameOutcome::kResolves);
  CHECK(answers_of(bench.world, NameQuery{"example.org"}).empty());
  bench.world.set_every_name_outcome(NameOutcome::kNotFound);
  CHECK(bench.world.name_fault("example.org") == NameOutcome::kNotFound);
  CHECK(bench.world.name_fault("coap.sim") == NameOutcome::kNotFound);
}

TEST_CASE("An address in text is its own answer") {
  Bench bench;
  const auto answers = answers_of(bench.world, NameQuery{"220.180.239.212"});
  REQUIRE(answers.size() == 1);
  CHECK(answers.front().at == 0s);
  CHECK(std::get<NameAnswer>(answers.front().answer.answer).addresses ==
        std::vector{kLibcoap.address});
}

TEST_CASE("A name server may be slow, say no, or never answer") {
  WorldConfig config;
  config.hosts = {{.names = {"slow.sim"}, .addresses = {kServer.address}, .name_delay = 20s},
                  {.names = {"no.sim"}, .outcome = NameOutcome::kNotFound},
                  {.names = {"mute.sim"}, .outcome = NameOutcome::kSilence}};
  Bench bench(config);
  CHECK(answers_of(bench.world, NameQuery{"slow.sim"}).front().at == 20s);
  const auto no = answers_of(bench.world, NameQuery{"no.sim"});
  REQUIRE(no.size() == 1);
  CHECK(std::get<NameAnswer>(no.front().answer.answer).addresses.empty());
  CHECK(answers_of(bench.world, NameQuery{"mute.sim"}).empty());
}

TEST_CASE("A name that resolved does so no more when a scenario says so") {
  Bench bench;
  bench.world.set_name_outcome("coap.sim", NameOutcome::kNotFound);
  const auto answers = answers_of(bench.world, NameQuery{"coap.sim"});
  REQUIRE(answers.size() == 1);
  CHECK(std::get<NameAnswer>(answers.front().answer.answer).addresses.empty());
}

TEST_CASE("A host answers pings with its round trip and TTL, an address without a host does not") {
  Bench bench;
  const auto answers = answers_of(bench.world, PingQuery{kPlugtest.address, 32});
  REQUIRE(answers.size() == 1);
  CHECK(answers.front().at == 60ms);
  const auto& ping = std::get<PingAnswer>(answers.front().answer.answer);
  CHECK(ping.address == kPlugtest.address);
  CHECK(ping.size == 32);
  CHECK(ping.ttl == 56);
  CHECK(answers_of(bench.world, PingQuery{kOther.address}).empty());
}

TEST_CASE("A host may refuse pings") {
  WorldConfig config;
  config.hosts = {{.addresses = {kServer.address}, .answers_ping = false}};
  Bench bench(config);
  CHECK(answers_of(bench.world, PingQuery{kServer.address}).empty());
}

TEST_CASE("A time server tells the calendar time of its answer") {
  auto config = ready_world();
  config.calendar_start = std::chrono::sys_days{std::chrono::year{2025} / 3 / 4};
  Bench bench(config);
  const auto names = answers_of(bench.world, NameQuery{"pool.ntp.org"});
  const auto address = std::get<NameAnswer>(names.front().answer.answer).addresses.front();
  const auto answers = answers_of(bench.world, TimeQuery{address}, Instant{} + 90s);
  REQUIRE(answers.size() == 1);
  CHECK(std::get<TimeAnswer>(answers.front().answer.answer).time ==
        config.calendar_start + std::chrono::milliseconds(90'080));
  CHECK(answers_of(bench.world, TimeQuery{kPlugtest.address}).empty());
}

TEST_CASE("Queries beyond the bound stay unanswered, the others are answered in order") {
  Bench bench;
  for (std::uint32_t i = 0; i < QueryService::kPendingMax + 100; ++i) {
    bench.world.handle_query({}, QueryId{i}, NameQuery{"coap.sim"});
  }
  bench.world.handle_timeout(Instant{} + 1s);
  std::uint32_t count = 0;
  while (const auto answer = bench.world.poll_answer()) REQUIRE(answer->id == QueryId{count++});
  CHECK(count == QueryService::kPendingMax);
}

}  // namespace
}  // namespace vmodem::sim
