#include "firmware/testbed/serial/line_rates.h"

namespace vmodem::testbed {
namespace {

// Start bit, eight data bits with the lowest first, and the idle line behind them.
bool line_at(std::uint8_t octet, std::uint64_t bit) {
  if (bit == 0) return false;
  return bit > 8 || (octet >> (bit - 1) & 1) != 0;
}

std::uint8_t misread_one(std::uint8_t octet, std::uint32_t sent_at, std::uint32_t read_at) {
  std::uint8_t read = 0;
  for (std::uint64_t bit = 0; bit < 8; ++bit) {
    const auto half_bits = 2 * (bit + 1) + 1;  // to the middle, of the receiver's
    const auto sent_bit = half_bits * sent_at / (2 * std::uint64_t{read_at});
    if (line_at(octet, sent_bit)) read |= static_cast<std::uint8_t>(1 << bit);
  }
  return read;
}

}  // namespace

Bytes misread(ByteView octets, std::uint32_t sent_at, std::uint32_t read_at) {
  Bytes read;
  read.reserve(octets.size());
  for (const auto octet : octets) read.push_back(misread_one(octet, sent_at, read_at));
  return read;
}

}  // namespace vmodem::testbed
