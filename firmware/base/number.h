// Whole texts as numbers.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace vmodem {

// The whole text as a number, without blanks or a plus; nothing for any other text, and for one that
// the type does not hold.
template <class Number, class... Base>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text, Base... base) {
  Number number{};
  const auto* const last = text.data() + text.size();
  const auto [end, fault] = std::from_chars(text.data(), last, number, base...);
  if (fault != std::errc{} || end != last) return std::nullopt;
  return number;
}

}  // namespace vmodem
