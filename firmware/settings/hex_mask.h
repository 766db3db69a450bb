// Bit masks wider than any integer, as AT+QCFG writes them: "0x100002000000000f0e189f".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vmodem::firmware {

// The lower-case digits without prefix and leading zeros, "0" for nothing set. Accepts either case,
// with or without 0x; nothing for other text and for a number above `max`, which is in that form.
[[nodiscard]] std::optional<std::string> parse_mask(std::string_view text, std::string_view max);

// Whether the bit is set in what parse_mask() gave; bit 0 is the last one.
[[nodiscard]] bool has_bit(std::string_view mask, std::size_t bit);

}  // namespace vmodem::firmware
