#include "firmware/settings/hex_mask.h"

#include <algorithm>

#include "at_engine/text.h"

namespace vmodem::firmware {

std::optional<std::string> parse_mask(std::string_view text, std::string_view max) {
  if (text.size() > 2 && text[0] == '0' && at::to_lower(text[1]) == 'x') text.remove_prefix(2);
  if (text.empty()) return std::nullopt;

  std::string digits(text);
  std::ranges::transform(digits, digits.begin(), at::to_lower);
  if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;

  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const bool is_above = digits.size() != max.size() ? digits.size() > max.size() : digits > max;
  if (is_above) return std::nullopt;
  return digits;
}

bool has_bit(std::string_view mask, std::size_t bit) {
  constexpr std::size_t kBitsPerDigit = 4;
  const auto place = bit / kBitsPerDigit;
  if (place >= mask.size()) return false;
  const char digit = mask[mask.size() - 1 - place];
  const int value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
  return (value >> (bit % kBitsPerDigit) & 1) != 0;
}

}  // namespace vmodem::firmware
