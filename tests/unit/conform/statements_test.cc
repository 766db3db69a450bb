#include "tools/conform/catalogue/statements.h"

#include "tests/support/catch.h"

namespace vmodem::conform {
namespace {

constexpr const char* kTwo = R"(
[[statement]]
id = "N1-1"
clause = "the note §1"
says = "a | b"

[[statement]]
id = "N1-2"
clause = "the note §1"
says = "nobody sees it"
reason = "it is inside"
)";

TEST_CASE("a statement is shown, has its reason, or is a gap") {
  const auto statements = parse_statements(kTwo);
  REQUIRE(statements);
  std::vector<Planned> cases;
  CHECK(gaps(*statements, showings_of(cases)).size() == 1);
  cases.push_back(
      {"a.at", "a", parse_script("certainty ruled dialect.x\n> AT\nshows N1-1\n< OK\n")});
  CHECK(gaps(*statements, showings_of(cases)).empty());
  const auto page = catalogue(*statements, cases);
  CHECK(page.find("| N1-1 | a \\| b | [a](../tests/conformance/a.at) (ruled `dialect.x`) |") !=
        std::string::npos);
  CHECK(page.find("| N1-2 | nobody sees it | no case: it is inside |") != std::string::npos);
  cases.push_back({"b.at", "b", parse_script("shows N9\n> AT\n")});
  CHECK(gaps(*statements, showings_of(cases)).size() == 1);
}

TEST_CASE("a table of statements that is none is told with its line") {
  for (const auto* text :
       {"", "x = 1", "statement = 1", "[[statement]]\nid = 1",
        "[[statement]]\nid = \"a\"\nclause = \"b\"", "[[statement", "statement = [1]",
        "[[statement]]\nid=\"a\"\nclause=\"b\"\nsays=\"c\"\nwhy=\"d\"",
        "[[statement]]\nid=\"a\"\nclause=\"b\"\nsays=\"c\"\n"
        "[[statement]]\nid=\"a\"\nclause=\"b\"\nsays=\"c\""}) {
    CAPTURE(text);
    const auto statements = parse_statements(text);
    REQUIRE_FALSE(statements);
    CHECK_FALSE(statements.error().right.empty());
  }
}

}  // namespace
}  // namespace vmodem::conform
