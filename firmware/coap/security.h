// From what the host configured to a DTLS session: the context of AT+QSSLCFG and the PSK file in
// UFS (the note §3.3.1, qcoap.md §10).
#pragma once

#include <string>

#include "dtls/session.h"
#include "firmware/base/expected.h"
#include "firmware/coap/client.h"
#include "firmware/coap/dialect.h"
#include "firmware/coap/ssl_contexts.h"
#include "ufs/file_system.h"

namespace vmodem::firmware {

// Takes what AT+QSSLCFG="session" resumes out of `context`; `client` tells the journal of the file.
// The error is the reason for the log; it never contains the identity or the key.
[[nodiscard]] Expected<dtls::ClientConfig, std::string> make_security(
    SslContext& context, int context_id, const ufs::FileSystem& files, const Server& server,
    const Dialect& dialect, CoapClient& client);

}  // namespace vmodem::firmware
