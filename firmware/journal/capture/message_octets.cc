#include "firmware/journal/capture/message_octets.h"

#include <algorithm>
#include <array>

#include "coap_core/codec.h"

namespace vmodem::journal {
namespace {

coap::Type type_of(std::string_view name) {
  if (name == "CON") return coap::Type::kConfirmable;
  if (name == "NON") return coap::Type::kNonConfirmable;
  if (name == "ACK") return coap::Type::kAcknowledgement;
  return coap::Type::kReset;
}

// "class.detail"; 0.00 for what is none.
coap::Code code_of(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_code = text.size() == 4 && is_digit(text[0]) && text[1] == '.' &&
                       is_digit(text[2]) && is_digit(text[3]);
  if (!is_code) return coap::Code::kEmpty;
  const auto digit = [text](std::size_t i) { return static_cast<unsigned>(text[i] - '0'); };
  const auto code = digit(0) << 5 | ((digit(2) * 10 + digit(3)) & 0x1F);
  return static_cast<coap::Code>(code & 0xFF);
}

template <class Event>
Bytes octets_of_event(const Event& event) {
  coap::Message message;
  message.type = type_of(event.type);
  message.code = code_of(event.code);
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
