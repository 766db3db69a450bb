#include "firmware/configuration/dialect_keys.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

TEST_CASE("every key of the dialect says what is known of it, what was ruled and what settles it") {
  for (const auto& row : dialect_keys()) {
    CAPTURE(std::string(row.key.name));
    for (const auto text : {row.key.comment, row.known, row.ruled, row.settles}) {
      CHECK(text.ends_with('.'));
      CHECK(text.find('\n') == std::string_view::npos);
    }
  }
}

TEST_CASE("no key of the section dialect stands outside the table of the dialect") {
  const auto in_section = std::ranges::count_if(
      config_keys(), [](const auto& key) { return key.name.starts_with("dialect."); });
  CHECK(in_section == std::ssize(dialect_keys()));
}
