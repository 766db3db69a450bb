// What each verb does, as the host sees it.
#include <algorithm>
#include <set>
#include <string>

#include "firmware/testbed/verb.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/verb_effects.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

std::string_view verb_of(std::string_view deed) {
  return deed.substr(0, deed.find(' '));
}

// Command lines that the preparation takes.
std::ptrdiff_t count_prepared(const LastingEffect& effect) {
  auto config = Bench::config();
  Bench bench(config);
  effect.prepare(bench);
  return std::ranges::count_if(
      bench.traces, [](const std::string& trace) { return trace.starts_with("command#"); });
}

}  // namespace

TEST_CASE("each verb has a test of its effect") {
  std::set<std::string_view> tested;
  for (const auto& effect : lasting_effects()) tested.insert(verb_of(effect.deed));
  for (const auto& effect : line_effects()) tested.insert(verb_of(effect.verb));
  for (const auto& effect : network_effects()) tested.insert(verb_of(effect.verb));
  // The verbs that undo are tested where what they undo is.
  for (const auto& verb : verbs()) {
    if (!verb.undo.empty()) tested.insert(verb.undo);
  }
  for (const auto& verb : verbs()) {
    INFO(verb.name);
    CHECK(tested.contains(verb.name));
  }
}

TEST_CASE("a lasting verb has its effect until its duration is over") {
  for (const auto& effect : lasting_effects()) {
    INFO(effect.deed);
    Bench bench;
    effect.prepare(bench);
    bench.inject(std::string(effect.deed) + " 20s");
    CHECK(effect.probe(bench) == effect.during);
    bench.run_until(Instant{30s});
    CHECK(effect.probe(bench) == effect.otherwise);
  }
}

TEST_CASE("a lasting verb upon a command line has its effect on this command") {
  for (const auto& effect : lasting_effects()) {
    INFO(effect.deed);
    const auto first_of_probe = std::to_string(count_prepared(effect) + 1);
    Bench bench("command#" + first_of_probe + ": " + std::string(effect.deed) + " 20s\n");
    effect.prepare(bench);
    CHECK(effect.probe(bench) == effect.during);
  }
}

TEST_CASE("a lasting verb without a duration has its effect until another verb ends it") {
  for (const auto& effect : lasting_effects()) {
    if (effect.undo.empty()) continue;
    INFO(effect.deed);
    Bench bench;
    effect.prepare(bench);
    bench.inject(effect.deed);
    bench.run_until(Instant{1h});
    CHECK(effect.probe(bench) == effect.during);
    bench.inject(effect.undo);
    bench.run_for(5s);
    CHECK(effect.probe(bench) == effect.otherwise);
  }
}

TEST_CASE("a verb of the serial line changes what the host reads") {
  for (const auto& effect : line_effects()) {
    INFO(effect.verb);
    Bench bench;
    effect.check(bench);
  }
}

TEST_CASE("a verb of the network changes what becomes of messages and sessions") {
  for (const auto& effect : network_effects()) {
    INFO(effect.verb);
    Bench bench;
    effect.check(bench);
  }
}
