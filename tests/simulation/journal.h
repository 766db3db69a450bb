// What a run said and sent: a hash to compare runs by, and a text for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::simulation {

// FNV-1a.
class Hash {
 public:
  void add(ByteView octets) {
    for (const auto octet : octets) value_ = (value_ ^ octet) * kPrime;
  }
  void add_number(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      value_ = (value_ ^ ((number >> shift) & 0xFF)) * kPrime;
    }
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t kPrime = 0x100000001B3;
  std::uint64_t value_ = 0xCBF29CE484222325;
};

class Journal {
 public:
  explicit Journal(bool is_verbose) : is_verbose_(is_verbose) {}

  void note(Instant now, std::string_view who, ByteView octets);
  void note(Instant now, std::string_view who, std::string_view text) {
    note(now, who, as_bytes(text));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  bool is_verbose_;
  std::string text_;
};

}  // namespace vmodem::simulation
