// libcoap's own message type doing what coap_core's codec does.
#pragma once

#include "coap_core/codec.h"

namespace vmodem::benchmark {

// Builds the message and gives it back. False where the library refuses.
[[nodiscard]] bool libcoap_build(const coap::EncodeFields& fields);
// Parses, walks the options, finds the payload; the sum of all lengths, 0 where it refuses.
[[nodiscard]] std::size_t libcoap_parse(ByteView datagram);

}  // namespace vmodem::benchmark
