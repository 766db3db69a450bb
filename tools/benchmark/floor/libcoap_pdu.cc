#include "tools/benchmark/floor/libcoap_pdu.h"

#include <coap3/coap.h>

#include <memory>

namespace vmodem::benchmark {
namespace {

struct Release {
  void operator()(coap_pdu_t* pdu) const { coap_delete_pdu(pdu); }
};
using Pdu = std::unique_ptr<coap_pdu_t, Release>;

constexpr std::size_t kSizeMax = 1152;

}  // namespace

bool libcoap_build(const coap::EncodeFields& fields) {
  const Pdu pdu(coap_pdu_init(static_cast<coap_pdu_type_t>(fields.type),
                              static_cast<coap_pdu_code_t>(fields.code), fields.message_id,
                              kSizeMax));
  if (!pdu) return false;
  const auto token = fields.token->view();
  bool is_good = coap_add_token(pdu.get(), token.size(), token.data()) != 0;
  for (const auto& option : fields.options) {
    is_good &=
        coap_add_option(pdu.get(), option.number, option.value.size(), option.value.data()) != 0;
  }
  return is_good && coap_add_data(pdu.get(), fields.payload.size(), fields.payload.data()) != 0;
}

std::size_t libcoap_parse(ByteView datagram) {
  const Pdu pdu(coap_pdu_init(COAP_MESSAGE_CON, COAP_EMPTY_CODE, 0, kSizeMax));
  if (!pdu || coap_pdu_parse(COAP_PROTO_UDP, datagram.data(), datagram.size(), pdu.get()) == 0) {
    return 0;
  }
  std::size_t total = 0;
  coap_opt_iterator_t iterator;
  coap_option_iterator_init(pdu.get(), &iterator, COAP_OPT_ALL);
  while (const auto* option = coap_option_next(&iterator)) total += coap_opt_length(option);
  const std::uint8_t* payload = nullptr;
  std::size_t size = 0;
  return coap_get_data(pdu.get(), &size, &payload) != 0 ? total + size : 0;
}

}  // namespace vmodem::benchmark
