#include "dtls/cookies.h"

#include <mbedtls/md.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/ssl.h>

namespace vmodem::dtls {

Cookies::~Cookies() {
  mbedtls_platform_zeroize(key_.data(), key_.size());
}

int Cookies::set_up(Random random, void* context) {
  return random(context, key_.data(), key_.size());
}

int Cookies::make(ByteView address, unsigned char* out) const {
  return mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), key_.data(), key_.size(),
                         address.data(), address.size(), out);
}

int Cookies::on_write(void* cookies, unsigned char** place, unsigned char* end,
                      const unsigned char* address, std::size_t address_size) noexcept {
  if (static_cast<std::size_t>(end - *place) < kSize) return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
  const auto made = static_cast<const Cookies*>(cookies)->make({address, address_size}, *place);
  if (made == 0) *place += kSize;
  return made;
}

int Cookies::on_check(void* cookies, const unsigned char* cookie, std::size_t size,
                      const unsigned char* address, std::size_t address_size) noexcept {
  std::array<unsigned char, kSize> right{};
  const auto& own = *static_cast<const Cookies*>(cookies);
  if (size != kSize || own.make({address, address_size}, right.data()) != 0) return -1;
  unsigned difference = 0;
  for (std::size_t i = 0; i < kSize; ++i) difference |= cookie[i] ^ right[i];
  return difference == 0 ? 0 : -1;
}

}  // namespace vmodem::dtls
