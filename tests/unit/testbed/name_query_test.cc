// What the journal tells of names that are asked for.
#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

// The answer, which is a consequence of its question.
journal::NameAnswered told_of(const Bench& bench, std::string_view name) {
  const journal::Entry* asked = nullptr;
  for (const auto& entry : bench.entries) {
    if (const auto* question = std::get_if<journal::NameAsked>(&entry.event)) {
      if (question->name == name) asked = &entry;
    }
    const auto* answer = std::get_if<journal::NameAnswered>(&entry.event);
    if (answer == nullptr || answer->name != name) continue;
    REQUIRE(asked != nullptr);
    CHECK(entry.because == asked->number);
    return *answer;
  }
  FAIL("nobody answered for " << name);
  return {};
}

}  // namespace

TEST_CASE("a name that is found is told with its addresses") {
  Bench bench;
  bench.at("+QCOAPOPEN=0,\"coap.sim\",5683");
  bench.run_for(10s);
  const auto answer = told_of(bench, "coap.sim");
  CHECK_FALSE(answer.addresses.empty());
  CHECK(answer.why.empty());
}

TEST_CASE("a name that is not found is told with the reason, whoever asks") {
  const auto* line = GENERATE("+QCOAPOPEN=0,\"coap.sim\",5683", "+QIDNSGIP=1,\"coap.sim\"");
  CAPTURE(line);
  Bench bench("0s: name-fails 5min");
  bench.at("+QIACT=1");
  bench.at(line);
  bench.run_for(2min);
  const auto answer = told_of(bench, "coap.sim");
  CHECK(answer.addresses.empty());
  CHECK_FALSE(answer.why.empty());
}
