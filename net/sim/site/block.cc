#include "net/sim/site/block.h"

#include <algorithm>

namespace vmodem::sim {

std::optional<Block> parse_block(ByteView value) {
  if (value.size() > 3) return std::nullopt;

  std::uint32_t number = 0;
  for (const auto octet : value) number = number << 8 | octet;
  const auto szx = static_cast<std::uint8_t>(number & 7);
  if (szx == 7) return std::nullopt;

  return Block{.number = number >> 4, .has_more = (number & 8) != 0, .szx = szx};
}

std::optional<Block> cut_block(const Block& wanted, std::size_t body_size, std::uint8_t szx_max) {
  const auto offset = wanted.offset();
  if (offset > 0 && offset >= body_size) return std::nullopt;

  Block block{.number = 0, .has_more = false, .szx = std::min(wanted.szx, szx_max)};
  block.number = static_cast<std::uint32_t>(offset / block.size());
  block.has_more = offset + block.size() < body_size;
  return block;
}

}  // namespace vmodem::sim
