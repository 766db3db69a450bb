// A server's messages as octets, one allocation each.
#pragma once

#include "coap_core/message.h"
#include "net/sim/site/response.h"

namespace vmodem::sim {

struct Envelope {
  coap::Type type = coap::Type::kAcknowledgement;
  coap::MessageId message_id = 0;
  coap::Token token;
};

[[nodiscard]] Bytes encode_response(const Envelope& envelope, const Response& response);
[[nodiscard]] Bytes encode_empty(coap::Type type, coap::MessageId message_id);

}  // namespace vmodem::sim
