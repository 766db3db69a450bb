// The messages of the journal as they stood in their datagrams, decrypted.
#pragma once

#include <string_view>

#include "firmware/journal/coap_events.h"

namespace vmodem::journal {

[[nodiscard]] Bytes message_octets(const CoapSent& message);
[[nodiscard]] Bytes message_octets(const CoapReceived& message);

}  // namespace vmodem::journal
