#include "tools/report/story.h"

#include <numeric>

#include "tests/support/catch.h"
#include "tools/report/timeline.h"

using namespace vmodem;
using namespace vmodem::report;
using journal::Entry;

namespace {

// A message that is lost twice and answered then, and one that nobody answers.
std::vector<Entry> two_messages() {
  const auto sent = [](std::uint64_t id) {
    return journal::CoapSent{.client = 0, .type = "CON", .code = "0.01", .message_id = id};
  };
  const journal::DatagramUp up{.transport = 1, .network = "simulated"};
  const journal::LinkLost lost{{"uplink", 1, 10, "is lost: by script"}};
  return {
      {1, Instant(1s), 0, journal::LineCommand{"AT+QCOAPSEND=0,0,1,1,0"}},
      {2, Instant(1s), 1, journal::FaultPerformed{"lose-uplink", "lose-uplink 2", "scenario"}},
      {3, Instant(1s), 1, sent(7)},
      {4, Instant(1s), 3, up},
      {5, Instant(1s), 4, lost},
      {6, Instant(1s), 1, journal::LineResult{"OK"}},
      {7, Instant(3s), 3, journal::CoapRetransmitted{.client = 0, .message_id = 7, .attempt = 1}},
      {8, Instant(3s), 7, up},
      {9, Instant(3s), 8, lost},
      {10, Instant(7s), 7, journal::CoapRetransmitted{.client = 0, .message_id = 7, .attempt = 2}},
      {11, Instant(7s), 10, up},
      {12, Instant(8s), 10,
       journal::CoapReceived{.client = 0, .type = "ACK", .code = "0.00", .message_id = 7}},
      {13, Instant(8s), 12, journal::CoapConcluded{0, 7, "acknowledged"}},
      {14, Instant(8s), 13, journal::LineUrc{"+QCOAPACK: 0,0,7,0", 0}},
      {15, Instant(9s), 0, journal::LineCommand{"AT+QCOAPSEND=0,0,1,1,0"}},
      {16, Instant(9s), 15, sent(8)},
      {17, Instant(50s), 16, journal::CoapConcluded{0, 8, "never acknowledged"}},
      {18, Instant(50s), 17,
       journal::ClientResult{0, "send", -11, "message 8: never acknowledged"}},
      {19, Instant(50s), 18, journal::LineUrc{"+QCOAPACK: 0,0,8,-11", 0}},
      {20, Instant(51s), 0, journal::LineCommand{"AT+NOTHING"}},
      {21, Instant(51s), 20, journal::LineResult{"ERROR"}},
  };
}

Run run_of(const std::vector<Entry>& entries, Limits limits = {}) {
  Story story("a run", limits);
  for (const auto& entry : entries) story.handle(entry);
  return story.end();
}

std::vector<Entry> many(journal::Number count) {
  std::vector<Entry> entries;
  for (journal::Number number = 1; number <= count; ++number) {
    entries.push_back(
        {number, Instant(std::chrono::milliseconds(number)), number - 1, journal::LineAnswer{"x"}});
  }
  return entries;
}

std::size_t left_out(const Run& run) {
  return std::accumulate(
      run.steps.begin(), run.steps.end(), run.steps_left_out,
      [](std::size_t sum, const Step& step) { return sum + step.left_out_before; });
}

}  // namespace

TEST_CASE("a run is told in numbers") {
  const auto run = run_of(two_messages());
  CHECK(run.name == "a run");
  CHECK(run.entry_count == 21);
  CHECK(run.command_count == 3);
  CHECK(run.retransmission_count == 2);
  CHECK(run.loss_count == 2);
  CHECK(run.fault_count == 1);
  CHECK(run.begin == Instant(1s));
  CHECK(run.end == Instant(51s));
  CHECK(run.results == std::map<std::string, std::size_t>{
                           {"OK", 1}, {"ERROR", 1}, {"+QCOAPACK 0", 1}, {"+QCOAPACK -11", 1}});
}

TEST_CASE("what failed is told with why") {
  const auto run = run_of(two_messages());
  REQUIRE(run.failures.size() == 2);
  CHECK(run.failures[0].what == "+QCOAPACK: 0,0,8,-11");
  CHECK(run.failures[0].entry == 19);
  std::vector<Number> chain;
  for (const auto& cause : run.failures[0].why) chain.push_back(cause.entry);
  CHECK(chain == std::vector<Number>{15, 16, 17, 18, 19});
  CHECK(run.failures[0].why.front().text == "the host types AT+QCOAPSEND=0,0,1,1,0");
  CHECK(run.failures[1].what == "AT+NOTHING → ERROR");
}

TEST_CASE("a retransmission without an answer is no failure: its message has a last word") {
  const auto run = run_of({{1, Instant(), 0, journal::LineUrc{"+QCOAPIND: 0,0,7,1,-11", 0}}});
  CHECK(run.failure_count == 0);
  CHECK(run.results.at("+QCOAPIND -11") == 1);
}

TEST_CASE("messages are followed through losses and retransmissions, repeated ones first") {
  const auto run = run_of(two_messages());
  REQUIRE(run.exchanges.size() == 2);
  const auto& first = run.exchanges[0];
  CHECK(first.message_id == 7);
  REQUIRE(first.transmissions.size() == 3);
  CHECK(first.transmissions[0].is_lost);
  CHECK(first.transmissions[1].is_lost);
  CHECK_FALSE(first.transmissions[2].is_lost);
  CHECK(first.transmissions[2].at == Instant(7s));
  CHECK(first.answered == Instant(8s));
  CHECK(first.outcome == "acknowledged");
  CHECK(run.exchanges[1].outcome == "never acknowledged");
  CHECK_FALSE(run.exchanges[1].answered);

  const auto svg = timeline_svg(run);
  CHECK(svg.find("retransmission 1 at 3.000 s, lost") != std::string::npos);
  CHECK(svg.find("answered at 8.000 s") != std::string::npos);
  CHECK(timeline_svg(run_of({})).empty());
}

TEST_CASE("a step stands between the two that it passes between") {
  const auto run = run_of(two_messages());
  REQUIRE(run.steps.size() == 21);
  CHECK(run.steps[0].hop == Hop::kSerial);
  CHECK(run.steps[0].arrow == Arrow::kRight);
  CHECK(run.steps[0].text == "AT+QCOAPSEND=0,0,1,1,0");
  CHECK(run.steps[1].hop == Hop::kNone);
  CHECK(run.steps[2].hop == Hop::kAir);
  CHECK(run.steps[4].is_trouble);
  CHECK(run.steps[13].arrow == Arrow::kLeft);
  CHECK(run.steps[20].is_trouble);
}

TEST_CASE("of a long journal the edges and what failed are shown, and the rest is counted") {
  constexpr journal::Number kCount = 100'000;
  auto entries = many(kCount);
  entries[50'000].event = journal::LineResult{"ERROR"};
  const auto run = run_of(entries);
  CHECK(run.entry_count == kCount);
  CHECK(run.steps.size() <= Limits{}.steps);
  CHECK(run.steps.size() + left_out(run) == kCount);
  CHECK(std::ranges::find(run.steps, 50'001U, &Step::entry) != run.steps.end());
  CHECK(run.steps.front().entry == 1);
  CHECK(run.steps.back().entry == kCount);
  REQUIRE(run.failures.size() == 1);
  CHECK(run.failures[0].why.size() == Limits{}.causes);
  CHECK(run.failures[0].why.size() + run.failures[0].causes_left_out == 50'001);
}

TEST_CASE("what is not kept is counted") {
  const auto run = run_of(many(100), {.entries = 60, .steps = 10});
  CHECK(run.entry_count == 100);
  CHECK(run.unkept_count == 40);
  CHECK(run.steps.size() == 10);
  CHECK(run.steps.size() + left_out(run) == 60);
}

TEST_CASE("entries that are missing in the file are counted") {
  auto entries = many(10);
  entries.erase(entries.begin() + 3, entries.begin() + 7);
  CHECK(run_of(entries).missing_count == 4);
}

TEST_CASE("what a module that went back undid is not told, but was met") {
  const auto run = run_of({
      {1, Instant(1s), 0, journal::LineCommand{"AT+CSQ"}},
      {2, Instant(1s), 1, journal::LineResult{"ERROR"}},
      {2, Instant(1s), 1, journal::LineResult{"OK"}},
  });
  CHECK(run.laps == 1);
  CHECK(run.failures.empty());
  REQUIRE(run.steps.size() == 2);
  CHECK(run.steps[1].text == "OK");
  CHECK(run.coverage.count(coverage::Group::kResults) == 2);
}
