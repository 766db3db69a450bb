#include "dtls/cipher_suite.h"

#include "firmware/base/check.h"

namespace vmodem::dtls {

std::string_view name(CipherSuite suite) {
  switch (suite) {
    case CipherSuite::kPskAes128CbcSha256:
      return "TLS_PSK_WITH_AES_128_CBC_SHA256";
    case CipherSuite::kPskAes128Ccm8:
      return "TLS_PSK_WITH_AES_128_CCM_8";
  }
  BG_CHECK(false, "a suite is made of the enumerators only");
}

std::string_view name(Version version) {
  switch (version) {
    case Version::kDtls1_0:
      return "DTLS 1.0";
    case Version::kDtls1_2:
      return "DTLS 1.2";
  }
  BG_CHECK(false, "a version is made of the enumerators only");
}

// RFC 6655 §4: AEAD suites begin with 1.2; RFC 5487 §3.2: CBC ones take any version.
Version version_min(CipherSuite suite) {
  return suite == CipherSuite::kPskAes128Ccm8 ? Version::kDtls1_2 : Version::kDtls1_0;
}

}  // namespace vmodem::dtls
