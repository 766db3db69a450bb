#include "firmware/configuration/toml_depth.h"

#include <algorithm>

namespace vmodem::app {
namespace {

constexpr std::string_view kKeyEnds = "\n=,[]{}";
constexpr std::string_view kBlanks = " \t\r\n";

FilePosition position_at(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
          static_cast<std::uint32_t>(offset - line_begin + 1)};
}

// TOML 1.0, "String": one that begins at `at`; behind its end, or that of the line it is cut off
// by.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool has_escapes = quote == '"';
  const auto triple = text.substr(at, 3);
  const bool is_long = triple.size() == 3 && triple[1] == quote && triple[2] == quote;
  for (auto i = at + (is_long ? 3 : 1); i < text.size(); ++i) {
    if (has_escapes && text[i] == '\\') {
      ++i;
    } else if (!is_long && (text[i] == quote || text[i] == '\n')) {
      return i + 1;
    } else if (is_long && text.substr(i, 3) == triple) {
      i += 3;
      // Two more belong to what the string says.
      for (int more = 0; more < 2 && i < text.size() && text[i] == quote; ++more) ++i;
      return i;
    }
  }
  return text.size();
}

}  // namespace

std::optional<FilePosition> find_deep_key(std::string_view text, std::size_t parts_max) {
  std::size_t begin = 0;
  std::size_t parts = 1;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i = end_of_string(text, i);
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    ++i;
    if (kKeyEnds.find(c) != std::string_view::npos) {
      begin = i;
      parts = 1;
    } else if (c == '.' && ++parts > parts_max) {
      return position_at(text, std::min(text.find_first_not_of(kBlanks, begin), i));
    }
  }
  return std::nullopt;
}

}  // namespace vmodem::app
