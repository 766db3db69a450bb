#include "firmware/app/toml_characters.h"

#include <algorithm>

namespace vmodem::app {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// How many octets the string or comment at the beginning of `text` has; 1 for anything else. What
// is not closed ends with its line, or with the text: that is a mistake of its own.
std::size_t token_size(std::string_view text) {
  const auto to = [&](std::size_t end) { return std::min(end, text.size()); };
  const char quote = text.front();
  if (quote == '#') return to(text.find('\n'));
  if (quote != '"' && quote != '\'') return 1;

  const auto quotes = to(text.find_first_not_of(quote));
  const bool is_multi_line = quotes >= 3;
  if (quotes == 2) return 2;
  for (std::size_t at = is_multi_line ? 3 : 1; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (text[at] == '\n' && !is_multi_line) {
      return at;
    } else if (text[at] == quote) {
      if (!is_multi_line) return at + 1;
      const auto run = to(text.find_first_not_of(quote, at)) - at;
      // Two quotes may stand before the three that close.
      if (run >= 3) return at + std::min<std::size_t>(run, 5);
      at += run - 1;
    }
  }
  return text.size();
}

FilePosition position_at(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line = before.substr(before.rfind('\n') + 1);
  const auto is_begin = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return {static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
          static_cast<std::uint32_t>(std::ranges::count_if(line, is_begin) + 1)};
}

}  // namespace

std::optional<FilePosition> find_foreign_character(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t at = 0; at < text.size(); at += token_size(text.substr(at))) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) return position_at(text, at);
  }
  return std::nullopt;
}

}  // namespace vmodem::app
