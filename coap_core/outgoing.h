// A message that send() has accepted, on its way to its conclusion.
#pragma once

#include "coap_core/message_layer.h"

namespace vmodem::coap {

// What a request asks of the observation under its token (RFC 7641 §2).
enum class ObserveAction : std::uint8_t { kNone, kRegister, kCancel };

struct Outgoing {
  SendId id;
  Type type;
  Code code;
  MessageId message_id;
  Token token;
  ObserveAction observe;
  Bytes datagram;
  TransmissionParameters parameters;  // as they were when the message was accepted
};

// Encodes the message once, for all of its retransmissions. A code 0.00 loses what must not go with
// it.
[[nodiscard]] Outgoing make_outgoing(SendId id, const Message& message,
                                     const TransmissionParameters& parameters);

[[nodiscard]] Concluded conclusion(const Outgoing& message, Outcome outcome);

// A request that asks its peer for a response.
[[nodiscard]] bool awaits_response(const Outgoing& message);

}  // namespace vmodem::coap
