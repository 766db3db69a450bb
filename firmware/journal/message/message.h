// CoAP messages as events tell them, and the octets that stood in their datagrams, decrypted.
//
// In:  decoded messages; events.
// Out: the fields of events; octets.
#pragma once

#include "coap_core/codec.h"
#include "firmware/journal/coap_events.h"

namespace vmodem::journal {

// What any event of a message tells of it.
template <class Event>
void fill(Event& event, const coap::MessageView& message) {
  event.type = name(message.type);
  if constexpr (requires { event.code; }) event.code = to_string(message.code);
  event.message_id = message.message_id;
  const auto token = message.token.view();
  event.token.assign(token.begin(), token.end());
  for (const auto& option : message.options) {
    event.options.push_back({option.number, Bytes(option.value.begin(), option.value.end())});
  }
  event.payload.assign(message.payload.begin(), message.payload.end());
}

[[nodiscard]] Bytes message_octets(const CoapSent& message);
[[nodiscard]] Bytes message_octets(const CoapReceived& message);

}  // namespace vmodem::journal
