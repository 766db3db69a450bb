// Each statement of the note is shown by a case or says why none can, and docs/conformance.md tells
// which.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/catch.h"
#include "tools/conform/catalogue/statements.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Planned> all_cases() {
  const auto files = cases_below({CASES_DIRECTORY});
  REQUIRE(files);
  std::vector<Planned> cases;
  for (const auto& file : *files) {
    cases.push_back({file, case_name(CASES_DIRECTORY, file), read_script(file)});
  }
  return cases;
}

TEST_CASE("no statement of the note is without a case or a reason, and the page tells so") {
  const auto statements = parse_statements(read_text(CASES_DIRECTORY "/statements.toml"));
  REQUIRE(statements);
  CHECK(statements->size() > 100);
  const auto cases = all_cases();
  const auto missing = gaps(*statements, showings_of(cases));
  INFO(fmt::format("{}", fmt::join(missing, "\n")));
  CHECK(missing.empty());
  // Printed by `vmodem-conform catalogue > docs/conformance.md`.
  CHECK((catalogue(*statements, cases) == read_text(CATALOGUE)));
}

TEST_CASE("each case says where it comes from, and what rules it is a switch") {
  std::size_t checks = 0;
  for (const auto& one : all_cases()) {
    INFO(one.name);
    REQUIRE(one.script);
    checks += one.script->checks.size();
    CHECK_FALSE(one.script->clauses.empty());
    if (one.script->ground.certainty == Certainty::kRuled) {
      CHECK(one.script->ground.by.starts_with("dialect."));
    }
  }
  CHECK(checks >= 1'500);
}

}  // namespace
}  // namespace vmodem::conform
