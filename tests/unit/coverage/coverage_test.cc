#include "firmware/coverage/coverage.h"

#include <fmt/format.h>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::coverage;

namespace {

Coverage of(std::initializer_list<journal::Event> events) {
  Coverage coverage;
  for (const auto& event : events) coverage.handle({1, Instant(), 0, event});
  return coverage;
}

Coverage of_line(std::string text) {
  return of({journal::LineCommand{std::move(text)}});
}

// "AT+QCOAPOPEN write", in the order of the universe.
std::vector<std::string> met(const Coverage& coverage, Group group) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < universe().items().size(); ++i) {
    const auto& item = universe().items()[i];
    if (item.group != group || !coverage.has(i)) continue;
    names.push_back(item.aspect.empty() ? item.subject : item.subject + " " + item.aspect);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a host that has done nothing has met nothing") {
  for (const auto group : kGroups) CHECK(Coverage().count(group) == 0);
}

TEST_CASE("each command of a line is met in its form") {
  CHECK(met(of_line("AT+QCOAPOPEN?"), Group::kForms) == Names{"AT+QCOAPOPEN read"});
  CHECK(met(of_line("at+qcoapopen=0,\"a;b\",1"), Group::kForms) == Names{"AT+QCOAPOPEN write"});
  CHECK(met(of_line("AT+QIGETERROR"), Group::kForms) == Names{"AT+QIGETERROR execute"});
  CHECK(met(of_line("ATE0S3=13;+QCOAPSEND=?"), Group::kForms) ==
        Names{"ATE write", "ATS3 write", "AT+QCOAPSEND test"});
  CHECK(met(of_line("ATE"), Group::kForms) == Names{"ATE write"});
}

TEST_CASE("a keyword tells which row is meant, and values whether it is written") {
  CHECK(met(of_line("AT+QCOAPCFG=?"), Group::kForms) == Names{"AT+QCOAPCFG test"});
  CHECK(met(of_line("AT+QCOAPCFG=\"TRANS\",0"), Group::kForms) ==
        Names{"AT+QCOAPCFG=\"trans\" read"});
  CHECK(met(of_line("AT+QCOAPCFG=\"trans\",0,2,4"), Group::kForms) ==
        Names{"AT+QCOAPCFG=\"trans\" write"});
  CHECK(met(of_line("AT+QCOAPCFG=\"nothing\",0"), Group::kForms).empty());
}

TEST_CASE("what cannot be read ends a line, and unknown commands are told by name alone") {
  CHECK(met(of_line("AT+QCOAPOPEN?;*;+QCOAPSEND=?"), Group::kForms) == Names{"AT+QCOAPOPEN read"});
  const auto coverage = of_line("AT+NOTHING=…;+CSQ");
  CHECK(coverage.unknown_commands() == std::set<std::string>{"AT+NOTHING"});
  CHECK(met(coverage, Group::kForms) == Names{"AT+CSQ execute"});
  CHECK(met(of_line(""), Group::kForms).empty());
}

TEST_CASE("a result is the same in each of its forms") {
  for (const auto* text : {"+CME ERROR: 10", "+CME ERROR: SIM not inserted"}) {
    CHECK(met(of({journal::LineResult{text}}), Group::kResults) == Names{"+CME ERROR: 10"});
  }
  CHECK(met(of({journal::LineResult{"ERROR"}}), Group::kResults) == Names{"ERROR"});
  CHECK(met(of({journal::LineResult{"4"}}), Group::kResults) == Names{"ERROR"});
  CHECK(met(of({journal::LinePrompt{">"}}), Group::kResults) == Names{">"});
  CHECK(met(of({journal::LinePrompt{"CONNECT 10"}}), Group::kResults) == Names{"CONNECT"});
}

TEST_CASE("a URC is met by its name, its number, and its result") {
  const auto ack = of({journal::LineUrc{"+QCOAPACK: 0,0,7,-11", 0}});
  CHECK(met(ack, Group::kUrcs) == Names{"+QCOAPACK"});
  CHECK(met(ack, Group::kCoapResults) == Names{"+QCOAPACK -11"});
  const auto registered = of({journal::LineUrc{"+CEREG: 5,\"1A2D\",\"01\",8", 0}});
  CHECK(met(registered, Group::kUrcs) == Names{"+CEREG 5"});
  CHECK(met(of({journal::LineUrc{"+QIND: SMS DONE", 0}}), Group::kUrcs) ==
        Names{"+QIND: SMS DONE"});
  CHECK(met(of({journal::LineUrc{"+CGEV: PDN ACT 1", 0}}), Group::kUrcs) ==
        Names{"+CGEV: PDN ACT"});
  CHECK(met(of({journal::LineUrc{"+NOTHING: 1", 0}}), Group::kUrcs).empty());
}

TEST_CASE("messages and options are met as they go and come") {
  const auto coverage = of({
      journal::CoapSent{
          .client = 0, .type = "NON", .code = "0.02", .options = {{11, {}}, {12, {}}}},
      journal::CoapReceived{.client = 0, .type = "ACK", .code = "4.04", .options = {{12, {}}}},
  });
  CHECK(met(coverage, Group::kMessages) == Names{"0.02 NON", "4.04 received"});
  CHECK(met(coverage, Group::kOptions) == Names{"11 sent", "12 sent", "12 received"});
}

TEST_CASE("faults and what the link does are met as they happen") {
  const auto coverage = of({
      journal::FaultPerformed{"link-down", "link-down 5s", "scenario"},
      journal::FaultPerformed{"link-up", "link-up", "end"},
      journal::LinkLost{{"downlink", 1, 10, "is lost"}},
  });
  CHECK(met(coverage, Group::kFaults) == Names{"link-down", "link-up"});
  CHECK(met(coverage, Group::kLink) == Names{"link.lost downlink"});
}

TEST_CASE("merging is the union, whatever its order and grouping") {
  const auto a = of_line("AT+CSQ");
  const auto b = of_line("AT+NOTHING;+CREG?");
  const auto c = of({journal::LineResult{"OK"}});
  const auto merged = [](Coverage left, const Coverage& right) {
    left.merge(right);
    return left;
  };
  CHECK(merged(a, a) == a);
  CHECK(merged(a, Coverage()) == a);
  CHECK(merged(a, b) == merged(b, a));
  CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
  CHECK(met(merged(merged(a, b), c), Group::kForms) == Names{"AT+CREG read", "AT+CSQ execute"});
}

TEST_CASE("of many unknown commands the same are kept in whatever order they come") {
  Coverage up;
  Coverage down;
  constexpr std::size_t kCount = Coverage::kUnknownMax * 3;
  for (std::size_t i = 0; i < kCount; ++i) {
    up.merge(of_line(fmt::format("AT+X{:04}", i)));
    down.merge(of_line(fmt::format("AT+X{:04}", kCount - 1 - i)));
  }
  CHECK(up == down);
  CHECK(up.unknown_commands().size() == Coverage::kUnknownMax);
}
