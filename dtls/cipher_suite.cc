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

}  // namespace vmodem::dtls
