#include "coap_core/outgoing.h"

#include <algorithm>

#include "coap_core/codec.h"
#include "coap_core/option_registry.h"

namespace vmodem::coap {
namespace {

ObserveAction observe_action(const Message& message) {
  const auto observe = std::ranges::find(message.options, kObserve, &Option::number);
  if (observe == message.options.end()) return ObserveAction::kNone;

  const auto value = decode_uint(observe->value);
  if (value == 0U) return ObserveAction::kRegister;
  if (value == 1U) return ObserveAction::kCancel;
  return ObserveAction::kNone;
}

Message header_alone(const Message& message) {
  return {.type = message.type, .code = message.code, .message_id = message.message_id};
}

}  // namespace

Outgoing make_outgoing(SendId id, const Message& message,
                       const TransmissionParameters& parameters) {
  // RFC 7252 §4.1: an Empty message is its header alone.
  if (is_empty(message.code) && message != header_alone(message)) {
    return make_outgoing(id, header_alone(message), parameters);
  }
  return {.id = id,
          .type = message.type,
          .code = message.code,
          .message_id = message.message_id,
          .token = message.token,
          .observe = observe_action(message),
          .datagram = encode(message),
          .parameters = parameters};
}

Concluded conclusion(const Outgoing& message, Outcome outcome) {
  return {message.id, message.type, message.code, message.message_id, outcome};
}

bool awaits_response(const Outgoing& message) {
  return is_request(message.code);
}

}  // namespace vmodem::coap
