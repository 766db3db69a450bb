// What a datagram of DTLS holds, as far as its record headers tell (RFC 6347 §4.1).
#pragma once

#include <string>

#include "firmware/base/bytes.h"

namespace vmodem::dtls {

// "ClientHello", "ServerHello, ServerHelloDone", "ChangeCipherSpec, encrypted handshake": its
// records in their order. Empty where it carries application data, or is no DTLS.
[[nodiscard]] std::string describe_flight(ByteView datagram);

}  // namespace vmodem::dtls
