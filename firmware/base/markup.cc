#include "firmware/base/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "firmware/base/printable.h"

namespace vmodem {
namespace {

constexpr auto kWhole = std::numeric_limits<std::size_t>::max();

// XML 1.0 §2.2 has neither surrogates nor U+FFFE and U+FFFF, which other UTF-8 may hold.
std::string without_noncharacters(std::string text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const bool is_surrogate = octet(i) == 0xED && octet(i + 1) >= 0xA0;
    const bool is_noncharacter = octet(i) == 0xEF && octet(i + 1) == 0xBF && octet(i + 2) >= 0xBE;
    if (is_surrogate || is_noncharacter) text.replace(i, 3, "\uFFFD");
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : without_noncharacters(printable(text, kWhole))) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string code_span(std::string_view text) {
  const auto shown = printable(text, kWhole);
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : shown) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  if (longest == 0) return fmt::format("`{}`", shown.empty() ? " " : shown);
  const std::string fence(longest + 1, '`');
  return fmt::format("{} {} {}", fence, shown, fence);
}

}  // namespace vmodem
