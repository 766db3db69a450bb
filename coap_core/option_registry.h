// What is known of each option number: the note's Table 3 and RFC 7252 §5.10, RFC 7641, RFC 7959,
// RFC 9175, RFC 7967, RFC 8613-era registrations the peers use (6, 23, 27, 28, 252, 258, 292).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vmodem::coap {

// RFC 7641 §2: the one option that the message layer itself reads.
inline constexpr std::uint16_t kObserve = 6;

enum class OptionFormat : std::uint8_t { kEmpty, kOpaque, kUint, kString };

struct OptionRule {
  std::uint16_t number;
  std::string_view name;
  OptionFormat format;
  std::uint16_t size_min;
  std::uint16_t size_max;
  bool repeatable;
  bool in_note;       // listed in the note's Table 3
  bool in_responses;  // defined for some response code (RFC 7252 §5.10)
};

// Ascending by number.
[[nodiscard]] std::span<const OptionRule> option_rules();

// Null for a number that is not registered here.
[[nodiscard]] const OptionRule* find_option_rule(std::uint16_t number);

// RFC 7252 §5.4.6: odd numbers are critical.
[[nodiscard]] constexpr bool is_critical(std::uint16_t number) {
  return (number & 1) != 0;
}

}  // namespace vmodem::coap
