#include "net/sim/site/request.h"

#include <limits>

#include "net/sim/site/option_numbers.h"

namespace vmodem::sim {
namespace {

template <class Uint>
std::optional<Uint> uint_of(ByteView value) {
  const auto number = coap::decode_uint(value);
  if (!number || *number > std::numeric_limits<Uint>::max()) return std::nullopt;
  return static_cast<Uint>(*number);
}

}  // namespace

void Request::assign(const coap::MessageView& message) {
  type = message.type;
  code = message.code;
  message_id = message.message_id;
  token = message.token;
  payload = message.payload;
  path.clear();
  queries.clear();
  etags.clear();
  if_match.clear();
  has_if_none_match = is_for_proxy = has_bad_block = false;
  accept.reset();
  content_format.reset();
  block1.reset();
  block2.reset();
  observe.reset();
  for (const auto& option : message.options) take(option);
}

void Request::take(const coap::OptionView& option) {
  const auto value = option.value;
  switch (option.number) {
    case kUriPath:
      if (!path.empty()) path += '/';
      path += as_text(value);
      return;
    case kUriQuery:
      return queries.push_back(as_text(value));
    case kEtag:
      return etags.push_back(value);
    case kIfMatch:
      return if_match.push_back(value);
    case kIfNoneMatch:
      has_if_none_match = true;
      return;
    case kProxyUri:
    case kProxyScheme:
      is_for_proxy = true;
      return;
    case kBlock1:
      block1 = parse_block(value);
      has_bad_block |= !block1;
      return;
    case kBlock2:
      block2 = parse_block(value);
      has_bad_block |= !block2;
      return;
    default:
      take_uint(option);
  }
}

void Request::take_uint(const coap::OptionView& option) {
  if (option.number == kAccept) accept = uint_of<std::uint16_t>(option.value);
  if (option.number == kContentFormat) content_format = uint_of<std::uint16_t>(option.value);
  if (option.number == coap::kObserve) observe = uint_of<std::uint32_t>(option.value);
}

}  // namespace vmodem::sim
