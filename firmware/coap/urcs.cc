#include "firmware/coap/urcs.h"

#include <fmt/format.h>

#include <string>

#include "coap_core/codec.h"
#include "coap_core/option_registry.h"
#include "firmware/base/hex.h"

namespace vmodem::firmware {
namespace {

std::string quoted_if(bool quote, std::string_view text) {
  return quote ? fmt::format("\"{}\"", text) : std::string(text);
}

std::string value_text(const coap::Option& option, const RecvDialect& dialect) {
  const auto* rule = coap::find_option_rule(option.number);
  switch (rule != nullptr ? rule->format : coap::OptionFormat::kOpaque) {
    case coap::OptionFormat::kEmpty:
      return "\"\"";
    case coap::OptionFormat::kUint:
      if (const auto number = coap::decode_uint(option.value)) {
        return quoted_if(dialect.quote_uint, fmt::format("{}", *number));
      }
      // More than eight significant octets are no number that this module could print in decimal.
      break;
    case coap::OptionFormat::kString:
      return quoted_if(dialect.quote_string, as_text(option.value));
    case coap::OptionFormat::kOpaque:
      break;
  }
  return quoted_if(dialect.quote_opaque, to_hex_upper(option.value));
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

at::Urc recv_urc(ClientId client, const coap::Message& message, const RecvDialect& dialect) {
  auto text = fmt::format("+QCOAPRECV: {},{},{},{},{},{}", static_cast<int>(client),
                          message.message_id, coap::to_string(message.code), message.token.size(),
                          to_hex_upper(message.token.view()), message.options.size());
  for (const auto& option : message.options) {
    if (dialect.option_numbers) text += fmt::format(",{}", option.number);
    text += fmt::format(",{}", value_text(option, dialect));
  }
  auto payload = message.payload;
  if (dialect.long_downlink == LongDownlink::kCut && payload.size() > kPayloadSizeMax) {
    payload.resize(kPayloadSizeMax);
  }
  text += fmt::format(",{}", payload.size());
  return {std::move(text), std::move(payload)};
}

}  // namespace vmodem::firmware
