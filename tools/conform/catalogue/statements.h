// What the note says that can be observed, a statement each, and who shows it.
//
// In:  tests/conformance/statements.toml and the cases.
// Out: docs/conformance.md, and what nobody shows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/runner.h"

namespace vmodem::conform {

struct Statement {
  std::string id;      // "N3.3.1-04"
  std::string clause;  // "the note §3.3.1"
  std::string says;    // in our words
  std::string reason;  // why no case can show it; empty: one has to
};

// Errors name the line, what is wrong and what would be right.
[[nodiscard]] Expected<std::vector<Statement>, Fault> parse_statements(std::string_view text);

// Where a statement is shown: a case, and whether each of its checks or some of them.
struct Showing {
  const Planned* shown_by;
  std::size_t check_count;
};
using Showings = std::map<std::string, std::vector<Showing>, std::less<>>;  // by the statement's id

[[nodiscard]] Showings showings_of(const std::vector<Planned>& cases);

// Statements that no case shows and that give no reason; and what cases show that is no statement.
[[nodiscard]] std::vector<std::string> gaps(const std::vector<Statement>& statements,
                                            const Showings& showings);

// docs/conformance.md
[[nodiscard]] std::string catalogue(const std::vector<Statement>& statements,
                                    const std::vector<Planned>& cases);

}  // namespace vmodem::conform
