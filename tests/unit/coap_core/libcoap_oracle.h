// libcoap's own PDU parser as a second opinion.
#pragma once

#include <optional>

#include "coap_core/message.h"

namespace vmodem::coap {

// Nothing where libcoap refuses the datagram.
[[nodiscard]] std::optional<Message> parse_by_libcoap(ByteView datagram);

}  // namespace vmodem::coap
