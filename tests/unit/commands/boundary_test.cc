// The module's own table through the generator of boundary cases: every row takes what it declares.
#include <algorithm>
#include <span>

#include "firmware/commands/families.h"
#include "firmware/services.h"
#include "tests/support/boundary_cases.h"
#include "tests/support/catch.h"
#include "tests/support/syntax_probe.h"
#include "tests/unit/modem/fixture.h"

using namespace vmodem;

TEST_CASE("every command of the module takes exactly the values that its row declares") {
  // The probe hands services on to handlers that never look at them.
  alignas(at::Services) std::byte nothing[sizeof(at::Services)]{};
  at::SyntaxProbe probe(firmware::command_table({}), reinterpret_cast<at::Services&>(nothing));
  for (const auto& boundary : at::boundary_cases(firmware::command_table({}))) {
    INFO(boundary.what << ": " << boundary.line);
    CHECK(probe.accepts(boundary.line) == boundary.expected_ok_syntax);
  }
}

TEST_CASE("every default is a value that its parameter takes") {
  int count = 0;
  for (const auto* row : firmware::command_table({}).all()) {
    for (const auto* param : row->write) {
      INFO(row->name << ' ' << param->name);
      if (param->default_number) CHECK(param->allows(*param->default_number));
      const auto words = std::span(param->words).first(param->word_count);
      const bool is_word = std::ranges::find(words, param->default_text) != words.end();
      CHECK(is_word == !param->default_text.empty());
      count += param->default_number || is_word ? 1 : 0;
    }
  }
  CHECK(count > 0);
}

TEST_CASE("only what may be left out has a default") {
  for (const auto* row : firmware::command_table({}).all()) {
    // The form without values leaves out all of them.
    if (row->on_execute != nullptr && row->on_execute == row->on_write) continue;
    for (std::size_t i = 0; i < row->write.size() - row->optional; ++i) {
      INFO(row->name << ' ' << row->write[i].name);
      CHECK_FALSE(row->write[i].default_number);
      CHECK(row->write[i].default_text.empty());
    }
  }
}

TEST_CASE("a row that is told as captured names its capture, as documented its section") {
  for (const auto* row : firmware::command_table({}).all()) {
    INFO(row->name << ' ' << row->keyword << ": " << row->source);
    if (row->evidence == at::Evidence::kCaptured) {
      CHECK(row->source.find("LOG-") != std::string_view::npos);
    }
    if (row->evidence == at::Evidence::kDocumented) {
      CHECK(row->source.find("§") != std::string_view::npos);
    }
  }
}
