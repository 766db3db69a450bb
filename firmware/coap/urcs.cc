#include "firmware/coap/urcs.h"

#include <fmt/format.h>

#include <string>

#include "coap_core/codec.h"
#include "coap_core/option_registry.h"
#include "firmware/base/hex.h"

namespace vmodem::firmware {
namespace {

std::string uint_text(const Bytes& value, bool quote) {
  const auto number = coap::decode_uint(value);
  // More than eight significant octets are no number that this module could print in decimal.
  if (!number) return fmt::format("\"{}\"", to_hex_upper(value));
  return quote ? fmt::format("\"{}\"", *number) : fmt::format("{}", *number);
}

std::string value_text(const coap::Option& option, bool quote_uint) {
  const auto* rule = coap::find_option_rule(option.number);
  switch (rule != nullptr ? rule->format : coap::OptionFormat::kOpaque) {
    case coap::OptionFormat::kEmpty:
      return "\"\"";
    case coap::OptionFormat::kUint:
      return uint_text(option.value, quote_uint);
    case coap::OptionFormat::kString:
      return fmt::format("\"{}\"", as_text(option.value));
    case coap::OptionFormat::kOpaque:
      break;
  }
  return fmt::format("\"{}\"", to_hex_upper(option.value));
}

}  // namespace

at::Urc open_urc(ClientId client, ResultCode result) {
  return {fmt::format("+QCOAPOPEN: {},{}", static_cast<int>(client), to_number(result)), {}};
}

at::Urc close_urc(ClientId client, ResultCode result) {
  return {fmt::format("+QCOAPCLOSE: {},{}", static_cast<int>(client), to_number(result)), {}};
}

at::Urc ack_urc(ClientId client, coap::Type type, coap::MessageId message_id, ResultCode result) {
  return {fmt::format("+QCOAPACK: {},{},{},{}", static_cast<int>(client), static_cast<int>(type),
                      message_id, to_number(result)),
          {}};
}

at::Urc ind_urc(ClientId client, coap::MessageId message_id, int retransmission,
                ResultCode result) {
  return {fmt::format("+QCOAPIND: {},{},{},{},{}", static_cast<int>(client),
                      static_cast<int>(coap::Type::kConfirmable), message_id, retransmission,
                      to_number(result)),
          {}};
}

at::Urc recv_urc(ClientId client, const coap::Message& message, bool quote_uint) {
  auto text = fmt::format("+QCOAPRECV: {},{},{},{},{},{}", static_cast<int>(client),
                          message.message_id, coap::to_string(message.code), message.token.size(),
                          to_hex_upper(message.token.view()), message.options.size());
  for (const auto& option : message.options) {
    text += fmt::format(",{},{}", option.number, value_text(option, quote_uint));
  }
  text += fmt::format(",{}", message.payload.size());
  return {std::move(text), message.payload};
}

}  // namespace vmodem::firmware
