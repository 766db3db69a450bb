// The Block options (RFC 7959 §2.2).
#pragma once

#include <cstdint>
#include <optional>

#include "firmware/base/bytes.h"

namespace vmodem::sim {

struct Block {
  std::uint32_t number = 0;
  bool has_more = false;
  std::uint8_t szx = 6;  // 0–6

  [[nodiscard]] std::size_t size() const { return std::size_t{16} << szx; }
  [[nodiscard]] std::size_t offset() const { return number * size(); }
  [[nodiscard]] std::uint32_t value() const { return number << 4 | (has_more ? 8U : 0U) | szx; }

  friend bool operator==(const Block&, const Block&) = default;
};

// Nothing for more than three octets and for the reserved SZX 7.
[[nodiscard]] std::optional<Block> parse_block(ByteView value);

// The block of a body that starts where the wanted one does, at most `szx_max` large. Nothing where
// that is behind the end.
[[nodiscard]] std::optional<Block> cut_block(const Block& wanted, std::size_t body_size,
                                             std::uint8_t szx_max);

}  // namespace vmodem::sim
