// The check values of the file commands.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/base/bytes.h"

namespace vmodem::ufs {

// FILE95 §2.2.4 note 2, AT+QFUPL and AT+QFDWL: exclusive or of the 16-bit big-endian words, an odd
// last octet being the high one of its word.
[[nodiscard]] std::uint16_t transfer_checksum(ByteView content);

// Lower-case hexadecimal digits without leading zeros, as real modules print it.
[[nodiscard]] std::string to_checksum_text(std::uint16_t checksum);

// AT+QFCRC. FILE95 names the three but no parameters; inferred: CRC-32 of IEEE 802.3, CRC-16/ARC
// and the CRC-16/CCITT of ITU-T V.41 with the low bit first (CRC-16/KERMIT). The empty file must
// give 0,0,0, which rules out the CCITT variants whose empty value is 0xFFFF.
struct Crcs {
  std::uint32_t crc32 = 0;
  std::uint16_t crc16 = 0;
  std::uint16_t crc16_ccitt = 0;

  friend bool operator==(const Crcs&, const Crcs&) = default;
};
[[nodiscard]] Crcs crcs(ByteView content);

}  // namespace vmodem::ufs
