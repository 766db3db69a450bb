#include "firmware/coap/ssl_contexts.h"

#include <algorithm>

namespace vmodem::firmware {

std::vector<dtls::CipherSuite> SslContext::offered_suites() const {
  std::vector<dtls::CipherSuite> suites = {dtls::CipherSuite::kPskAes128Ccm8,
                                           dtls::CipherSuite::kPskAes128CbcSha256};
  if (cipher_suite != kAllCipherSuites) {
    std::erase_if(suites, [this](auto suite) { return static_cast<int>(suite) != cipher_suite; });
  }
  return suites;
}

}  // namespace vmodem::firmware
