#include "at_engine/line_facts.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::at;

namespace {

constexpr TextParam kWord{"word", {}};
constexpr CommandSpec kFactRows[] = {
    {.name = "+FAST"},
    {.name = "+SEEN", .evidence = Evidence::kHosts},
    {.name = "+SLOW", .response_time_max = 150s, .evidence = Evidence::kCaptured},
    {.name = "+TAG", .keyword = "one", .write = {kWord}, .evidence = Evidence::kInferred},
    {.name = "+TAG", .keyword = "two", .write = {kWord}, .response_time_max = 5s},
};
constexpr std::span<const CommandSpec> kFactFamilies[] = {kFactRows};

LineFacts facts(std::string_view line) {
  static const CommandTable table{kFactFamilies};
  return facts_of_line(line, table);
}

}  // namespace

TEST_CASE("a line may take as long as its commands together") {
  CHECK(facts("").response_time_max == 300ms);
  CHECK(facts("+FAST").response_time_max == 300ms);
  CHECK(facts("+SLOW;+fast=1;+SLOW?").response_time_max == 300s + 300ms);
  CHECK(facts("+TAG=\"one\",\"x\"").response_time_max == 300ms);
  CHECK(facts("+TAG=\"two\",\"x\"").response_time_max == 5s);
  CHECK(facts("+TAG=?").response_time_max == 5s);
}

TEST_CASE("a line is as sure as its least sure command") {
  CHECK(facts("").evidence == Evidence::kDocumented);
  CHECK(facts("+SLOW").evidence == Evidence::kCaptured);
  CHECK(facts("+SLOW;+FAST").evidence == Evidence::kDocumented);
  CHECK(facts("+SEEN;+TAG=\"one\"").evidence == Evidence::kHosts);
  CHECK(facts("+TAG=\"one\"").evidence == Evidence::kInferred);
  CHECK(facts("+TAG=\"TWO\"").evidence == Evidence::kDocumented);
}

TEST_CASE("of a line with an unknown command nothing is said") {
  for (const auto* line : {"+NONE", "+FAST;+NONE", "+TAG=\"three\"", "?", "+FAST!"}) {
    INFO(line);
    CHECK_FALSE(facts(line).response_time_max);
    CHECK_FALSE(facts(line).evidence);
  }
}
