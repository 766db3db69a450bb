// What the results of the TLS library mean to an engine.
#pragma once

#include <mbedtls/ssl.h>

#include <algorithm>
#include <iterator>

#include "dtls/engine.h"

namespace vmodem::dtls {

struct Meaning {
  int result;
  Outcome outcome;
};

// What is not listed is a fault of the peer: the library has a code for each of those.
inline constexpr Meaning kMeanings[] = {
    {MBEDTLS_ERR_SSL_WANT_READ, Outcome::kStarved},
    // RFC 6347 §4.1.2.7: a record that fits nowhere is discarded.
    {MBEDTLS_ERR_SSL_UNEXPECTED_RECORD, Outcome::kStarved},
    {MBEDTLS_ERR_SSL_CLIENT_RECONNECT, Outcome::kRestarted},
    {MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY, Outcome::kPeerClosed},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, Outcome::kPeerAlert},
    {MBEDTLS_ERR_SSL_TIMEOUT, Outcome::kPeerSilent},
    {MBEDTLS_ERR_SSL_ALLOC_FAILED, Outcome::kLocalFault},
    {MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL, Outcome::kLocalFault},
    {MBEDTLS_ERR_SSL_INTERNAL_ERROR, Outcome::kLocalFault},
    {MBEDTLS_ERR_SSL_NO_RNG, Outcome::kLocalFault},
};

// Of a negative result.
[[nodiscard]] inline Outcome meaning_of(int result) {
  const auto found = std::ranges::find(kMeanings, result, &Meaning::result);
  return found == std::end(kMeanings) ? Outcome::kPeerFault : found->outcome;
}

}  // namespace vmodem::dtls
