// Hexadecimal text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"

namespace vmodem {

[[nodiscard]] std::string to_hex_upper(ByteView bytes);
[[nodiscard]] std::string to_hex_lower(ByteView bytes);

// Digits of either case. Nothing for an odd count or any other character; empty text is no bytes.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

}  // namespace vmodem
