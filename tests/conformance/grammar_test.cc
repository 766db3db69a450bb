// The grammar for editors knows each word that begins a line of a case.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {
namespace {

nlohmann::json read_grammar() {
  std::ifstream file(GRAMMAR, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return nlohmann::json::parse(text);
}

TEST_CASE("the grammar for editors matches each word of the language, with what may follow it") {
  std::vector<std::regex> expressions;
  const auto grammar = read_grammar();
  for (const auto& pattern : grammar.at("patterns")) {
    expressions.emplace_back(pattern.at("match").get<std::string>());
  }
  auto words = line_words();
  words.insert(words.end(), {"#", "|"});
  for (const auto& word : words) {
    INFO(word);
    bool is_known = false;
    for (const auto* rest : {"", " x", " 4s", " documented", " a=b"}) {
      for (const auto& expression : expressions) {
        is_known = is_known || std::regex_search(std::string(word) + rest, expression);
      }
    }
    CHECK(is_known);
  }
}

TEST_CASE("what the grammar takes for a word of the language is one") {
  const auto words = line_words();
  CHECK(std::ranges::find(words, "unordered") != words.end());
  const auto error = parse_script("nonsense\n").error().fault.right;
  for (const auto& word : words) CHECK(error.find(word) != std::string::npos);
}

}  // namespace
}  // namespace vmodem::conform
