// FNV-1a, 64 bits: to know octets again without keeping them. It withstands nobody who means harm.
#pragma once

#include <cstdint>

#include "firmware/base/bytes.h"

namespace vmodem {

class Hash {
 public:
  Hash& add(ByteView octets) {
    for (const auto octet : octets) value_ = (value_ ^ octet) * kPrime;
    return *this;
  }
  Hash& add_number(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      value_ = (value_ ^ ((number >> shift) & 0xFF)) * kPrime;
    }
    return *this;
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t kPrime = 0x100000001B3;
  std::uint64_t value_ = 0xCBF29CE484222325;
};

[[nodiscard]] inline std::uint64_t hash_of(ByteView octets) {
  return Hash().add(octets).value();
}

}  // namespace vmodem
