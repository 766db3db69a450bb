// The six SSL/DTLS contexts of AT+QSSLCFG (SSL95 §2.3.1). Volatile; they count from the next
// session.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "dtls/session.h"
#include "firmware/base/time.h"
#include "firmware/coap/resumable_sessions.h"

namespace vmodem::firmware {

inline constexpr int kAllCipherSuites = 0xFFFF;

struct SslContext {
  int ssl_version = 4;  // TLS only
  int cipher_suite = kAllCipherSuites;
  std::string ca_certificate;  // not used with pre-shared keys, like the two paths below
  std::string client_certificate;
  std::string client_key;
  int security_level = 0;
  int session_resumption = 0;
  int sni = 0;
  int check_host = 0;
  int ignore_local_time = 1;
  int negotiate_time_s = 300;
  int renegotiation = 0;
  int dtls = 0;          // CoAP does not ask for it (qcoap.md §10)
  int dtls_version = 2;  // 0: 1.0, 1: 1.2, 2: both
  ResumableSessions resumable;

  // What a CoAP session offers: the two PSK suites, narrowed by cipher_suite; empty where that is
  // neither of them.
  [[nodiscard]] std::vector<dtls::CipherSuite> offered_suites() const;
  [[nodiscard]] dtls::Version version_max() const {
    return dtls_version == 0 ? dtls::Version::kDtls1_0 : dtls::Version::kDtls1_2;
  }
  // Down to what the TLS library has.
  [[nodiscard]] dtls::Version version_min() const {
    const bool goes_down = dtls_version == 2 && is_supported(dtls::Version::kDtls1_0);
    return goes_down ? dtls::Version::kDtls1_0 : version_max();
  }
};

using SslContexts = std::array<SslContext, 6>;

}  // namespace vmodem::firmware
