#include "tools/conform/language/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace vmodem::conform {
namespace {

constexpr unsigned kHexDigitsMax = 16;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

Expected<std::string, Fault> formatted(std::string_view value, std::string_view format) {
  const auto number = number_of(value);
  const auto digits = format.empty() ? std::nullopt : number_of(format.substr(1));
  const bool is_hex = digits && *digits <= kHexDigitsMax && (format[0] == 'x' || format[0] == 'X');
  if (number && format == "c") return fmt::format("{}.{:02}", *number >> 5, *number & 31);
  if (number && is_hex && format[0] == 'x') return fmt::format("{:0{}x}", *number, *digits);
  if (number && is_hex) return fmt::format("{:0{}X}", *number, *digits);
  return unexpected(Fault{fmt::format("'{}' cannot be written as ':{}'", value, format),
                          "a whole number, and x2, X4 (hex digits) or c (a code)"});
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

Expected<std::string, Fault> fill_in(std::string_view text, const Names& names) {
  std::string filled;
  while (true) {
    const auto start = text.find("${");
    const auto end = text.find('}', start);
    if (end == std::string_view::npos) return filled + std::string(text);
    const auto inner = text.substr(start + 2, end - start - 2);
    const auto colon = std::min(inner.find(':'), inner.size());
    const auto known = names.find(inner.substr(0, colon));
    filled += text.substr(0, start);
    text.remove_prefix(end + 1);
    if (known == names.end()) {
      filled += fmt::format("${{{}}}", inner);
    } else if (colon == inner.size()) {
      filled += known->second;
    } else {
      const auto value = formatted(known->second, inner.substr(colon + 1));
      if (!value) return unexpected(value.error());
      filled += *value;
    }
  }
}

}  // namespace vmodem::conform
