#include "ufs/checksum.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace vmodem::ufs {
namespace {

// All three CRCs shift low bit first, so their polynomials are written reversed.
template <class Word>
constexpr std::array<Word, 256> crc_table(Word polynomial) {
  std::array<Word, 256> table{};
  for (std::size_t octet = 0; octet < table.size(); ++octet) {
    auto remainder = static_cast<Word>(octet);
    for (int bit = 0; bit < 8; ++bit) {
      const Word feedback = (remainder & 1) != 0 ? polynomial : Word{0};
      remainder = static_cast<Word>((remainder >> 1) ^ feedback);
    }
    table[octet] = remainder;
  }
  return table;
}

constexpr auto kCrc32Table = crc_table<std::uint32_t>(0xEDB88320);
constexpr auto kCrc16Table = crc_table<std::uint16_t>(0xA001);
constexpr auto kCcittTable = crc_table<std::uint16_t>(0x8408);

template <class Word>
Word crc(const std::array<Word, 256>& table, Word start, ByteView content) {
  Word value = start;
  for (const auto octet : content) {
    value = static_cast<Word>((value >> 8) ^ table[(value ^ octet) & 0xFF]);
  }
  return value;
}

}  // namespace

std::uint16_t transfer_checksum(ByteView content) {
  std::uint16_t checksum = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const int shift = i % 2 == 0 ? 8 : 0;
    checksum = static_cast<std::uint16_t>(checksum ^ content[i] << shift);
  }
  return checksum;
}

std::string to_checksum_text(std::uint16_t checksum) {
  return fmt::format("{:x}", checksum);
}

Crcs crcs(ByteView content) {
  return {.crc32 = crc(kCrc32Table, 0xFFFFFFFFu, content) ^ 0xFFFFFFFFu,
          .crc16 = crc(kCrc16Table, std::uint16_t{0}, content),
          .crc16_ccitt = crc(kCcittTable, std::uint16_t{0}, content)};
}

}  // namespace vmodem::ufs
