// Octets, time as a value, chance as an argument, errors as values: the ground that every room
// stands on.
//
// In:  literals and texts.
// Out: values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vmodem {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace vmodem
