// Sessions that outlive their connection (RFC 5246 §7.3, RFC 5077), as octets to keep.
#pragma once

#include <mbedtls/ssl.h>

#include "dtls/psk_credential.h"
#include "dtls/session_store.h"

namespace vmodem::dtls {

// The established session, to be offered to the same server later; empty where there is nothing to
// keep.
[[nodiscard]] SecretBytes save_session(const mbedtls_ssl_context& context);

// The next handshake of this client offers it. One that the library cannot read is not offered.
void offer_session(mbedtls_ssl_context& context, ByteView saved);

// A server resumes what `sessions` holds and adds to it.
void let_resume(mbedtls_ssl_config& config, SessionStore& sessions);

}  // namespace vmodem::dtls
