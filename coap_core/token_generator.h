// Tokens in the shape the module generates: the message ID, low octet first, then four random
// octets (the note's example §5.1 shows D204… for message ID 1234 = 0x04D2).
#pragma once

#include "coap_core/message.h"
#include "firmware/base/random.h"

namespace vmodem::coap {

[[nodiscard]] Token generate_token(MessageId message_id, RandomSource& random);

}  // namespace vmodem::coap
