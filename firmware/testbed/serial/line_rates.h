// What a UART reads of octets that are sent at another rate than its own.
#pragma once

#include <cstdint>

#include "firmware/base/bytes.h"

namespace vmodem::testbed {

// Of both ends, in bit/s; 0: whatever the other's is.
struct LineRates {
  std::uint32_t host = 0;
  std::uint32_t module = 0;

  [[nodiscard]] bool agree() const { return host == module || host == 0 || module == 0; }
};

// As many octets: of each the first that a receiver finds in it, which looks at the middle of its
// own bits from the edge of the start bit on. Both rates are above 0.
[[nodiscard]] Bytes misread(ByteView octets, std::uint32_t sent_at, std::uint32_t read_at);

}  // namespace vmodem::testbed
