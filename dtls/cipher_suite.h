// The suites this module knows, by IANA number.
#pragma once

#include <cstdint>
#include <string_view>

namespace vmodem::dtls {

enum class CipherSuite : std::uint16_t {
  kPskAes128CbcSha256 = 0x00AE,  // TLS_PSK_WITH_AES_128_CBC_SHA256
  kPskAes128Ccm8 = 0xC0A8,       // TLS_PSK_WITH_AES_128_CCM_8, mandatory in RFC 7252 §9.1.3.1
};

[[nodiscard]] std::string_view name(CipherSuite suite);

}  // namespace vmodem::dtls
