#include "tests/unit/coap_core/libcoap_oracle.h"

#include <coap3/coap.h>

#include <memory>

namespace vmodem::coap {
namespace {

struct PduDeleter {
  void operator()(coap_pdu_t* pdu) const { coap_delete_pdu(pdu); }
};

std::vector<Option> options_of(const coap_pdu_t* pdu) {
  std::vector<Option> options;
  coap_opt_iterator_t iterator;
  coap_option_iterator_init(pdu, &iterator, COAP_OPT_ALL);
  while (const coap_opt_t* option = coap_option_next(&iterator)) {
    const std::uint8_t* value = coap_opt_value(option);
    options.push_back({iterator.number, Bytes(value, value + coap_opt_length(option))});
  }
  return options;
}

}  // namespace

std::optional<Message> parse_by_libcoap(ByteView datagram) {
  // It prints what it refuses.
  coap_set_log_level(static_cast<coap_log_t>(0));
  const std::unique_ptr<coap_pdu_t, PduDeleter> pdu(
      coap_pdu_init(COAP_MESSAGE_CON, static_cast<coap_pdu_code_t>(0), 0, datagram.size()));
  if (!coap_pdu_parse(COAP_PROTO_UDP, datagram.data(), datagram.size(), pdu.get())) {
    return std::nullopt;
  }

  const auto token = coap_pdu_get_token(pdu.get());
  // Newer versions hand out tokens of RFC 8974's lengths.
  if (token.length > Token::kSizeMax) return std::nullopt;
  std::size_t size = 0;
  const std::uint8_t* payload = nullptr;
  const bool has_payload = coap_get_data(pdu.get(), &size, &payload) != 0;
  return Message{.type = static_cast<Type>(coap_pdu_get_type(pdu.get())),
                 .code = static_cast<Code>(coap_pdu_get_code(pdu.get())),
                 .message_id = static_cast<MessageId>(coap_pdu_get_mid(pdu.get())),
                 .token = Token({token.s, token.length}),
                 .options = options_of(pdu.get()),
                 .payload = has_payload ? Bytes(payload, payload + size) : Bytes{}};
}

}  // namespace vmodem::coap
