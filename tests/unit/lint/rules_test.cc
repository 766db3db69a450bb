#include <algorithm>
#include <set>
#include <string>

#include "firmware/lint/rules.h"
#include "tests/support/catch.h"

namespace vmodem::lint {
namespace {

bool is_kebab_case(std::string_view name) {
  return std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

TEST_CASE("a rule has a name of its own, a clause, a meaning, a cure and an example") {
  std::set<std::string_view> names;
  for (const auto& rule : rules()) {
    INFO(rule.name);
    CHECK(is_kebab_case(rule.name));
    CHECK(names.insert(rule.name).second);
    CHECK(!rule.clause.empty());
    CHECK(rule.what.ends_with('.'));
    CHECK(!rule.cure.empty());
    CHECK(!rule.cure.ends_with('.'));
    CHECK(!rule.example.empty());
  }
}

}  // namespace
}  // namespace vmodem::lint
