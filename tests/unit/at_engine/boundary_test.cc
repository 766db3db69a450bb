#include "tests/support/boundary_cases.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/syntax_probe.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

TEST_CASE("every row takes exactly the values that it declares") {
  Services services;
  SyntaxProbe probe(fixture_table(), services);
  for (const auto& boundary : boundary_cases(fixture_table())) {
    INFO(boundary.what << ": " << boundary.line);
    CHECK(probe.accepts(boundary.line) == boundary.expected_ok_syntax);
  }
}

TEST_CASE("the boundary cases of a row reach just over its limits") {
  const auto cases = boundary_cases(fixture_table());
  const auto expect = [&](std::string_view line) {
    const auto found = std::ranges::find(cases, line, &BoundaryCase::line);
    INFO(line);
    REQUIRE(found != cases.end());
    return found->expected_ok_syntax;
  };
  CHECK_FALSE(expect("AT+INT=-6"));
  CHECK(expect("AT+INT=-5"));
  CHECK(expect("AT+INT=100"));
  CHECK_FALSE(expect("AT+INT=101"));
  CHECK_FALSE(expect("AT+LIST=2"));
  CHECK(expect("AT+LIST=3"));
  CHECK_FALSE(expect("AT+TEXT=\"\""));
  CHECK(expect("AT+TEXT=\"777777777777\""));
  CHECK_FALSE(expect("AT+TEXT=\"7777777777777\""));
  CHECK(expect("AT+CFG=\"alpha\",-5"));
  CHECK_FALSE(expect("AT+CFG=\"alpha\""));
  CHECK(expect("AT+CFG=\"gamma\""));
  CHECK_FALSE(expect("AT+CFG=\"gamma\",1"));
  CHECK_FALSE(expect("AT+TRIO=-5,0,0,1"));
  CHECK_FALSE(expect("AT+TRIO=,0,0"));
  CHECK(expect("AT+TRIO=-5,,0"));
  CHECK_FALSE(expect("ATE-1"));
  CHECK(expect("ATE"));
  CHECK(expect("ATS3=127"));
  CHECK_FALSE(expect("ATS3=128"));
}
