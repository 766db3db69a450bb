#include "firmware/journal/message/message.h"

#include <algorithm>

namespace vmodem::journal {
namespace {

template <class Event>
Bytes octets_of_event(const Event& event) {
  coap::Message message;
  message.type = coap::parse_type(event.type).value_or(coap::Type::kReset);
  message.code = coap::parse_code(event.code).value_or(coap::Code::kEmpty);
  message.message_id = static_cast<coap::MessageId>(event.message_id);
  message.token =
      coap::Token(ByteView(event.token).first(std::min(event.token.size(), coap::Token::kSizeMax)));
  for (const auto& option : event.options) message.options.push_back({option.number, option.value});
  message.payload = event.payload;
  return coap::encode(message);
}

}  // namespace

Bytes message_octets(const CoapSent& message) {
  return octets_of_event(message);
}

Bytes message_octets(const CoapReceived& message) {
  return octets_of_event(message);
}

}  // namespace vmodem::journal
