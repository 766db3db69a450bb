// The suites this module knows, by IANA number, and the versions of the protocol.
#pragma once

#include <cstdint>
#include <string_view>

namespace vmodem::dtls {

enum class CipherSuite : std::uint16_t {
  kPskAes128CbcSha256 = 0x00AE,  // TLS_PSK_WITH_AES_128_CBC_SHA256
  kPskAes128Ccm8 = 0xC0A8,       // TLS_PSK_WITH_AES_128_CCM_8, mandatory in RFC 7252 §9.1.3.1
};

enum class Version : std::uint8_t { kDtls1_0, kDtls1_2 };

[[nodiscard]] std::string_view name(CipherSuite suite);
// "DTLS 1.2"
[[nodiscard]] std::string_view name(Version version);
// The first version that the suite is defined for.
[[nodiscard]] Version version_min(CipherSuite suite);
// Whether the library that this is built with has it: mbedTLS 3 ended DTLS 1.0.
[[nodiscard]] bool is_supported(Version version);

}  // namespace vmodem::dtls
