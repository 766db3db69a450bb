// Cookies of a server: good for one address and for as long as the server lives, so that the same
// datagrams get the same answers whatever the wall's clock says (RFC 6347 §4.2.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "firmware/base/bytes.h"

namespace vmodem::dtls {

class Cookies {
 public:
  static constexpr std::size_t kSize = 32;

  ~Cookies();

  // As the library fills octets; what it returns.
  using Random = int (*)(void* context, unsigned char* out, std::size_t size);
  [[nodiscard]] int set_up(Random random, void* context);

  // The library's callbacks; `cookies` is one of these, `address` what the client is known by.
  static int on_write(void* cookies, unsigned char** place, unsigned char* end,
                      const unsigned char* address, std::size_t address_size) noexcept;
  static int on_check(void* cookies, const unsigned char* cookie, std::size_t size,
                      const unsigned char* address, std::size_t address_size) noexcept;

 private:
  [[nodiscard]] int make(ByteView address, unsigned char* out) const;

  std::array<unsigned char, kSize> key_{};
};

}  // namespace vmodem::dtls
