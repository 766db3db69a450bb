#include "coap_core/codec.h"

#include <coap3/coap.h>

#include <algorithm>
#include <cstring>

#include "firmware/base/check.h"

// Of libcoap only coap_opt_parse() and coap_opt_encode() are called: they keep no state, and what
// they log is below the level that libcoap prints by default, so no global setting is needed.

namespace vmodem::coap {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeaderSize = 4;
constexpr std::uint8_t kPayloadMarker = 0xFF;
constexpr unsigned kNibbleTwoOctets = 14;
constexpr unsigned kNibbleReserved = 15;
constexpr std::uint32_t kTwoOctetsBase = 269;
constexpr std::uint32_t kOptionNumberMax = 0xFFFF;
// RFC 7252 §3.1: the longest value that two extension octets can announce.
constexpr std::size_t kOptionSizeMax = 0xFFFF + kTwoOctetsBase;
// One octet of nibbles, two extensions of two octets.
constexpr std::size_t kOptionHeaderSizeMax = 5;

// The octets that the option at the front of `rest` takes, 0 where its encoding is unsound. `rest`
// is not empty.
inline std::size_t parse_option(ByteView rest, coap_option_t& option) {
  const std::size_t size = coap_opt_parse(rest.data(), rest.size(), &option);
  // libcoap 4.3.1 lets a delta over 65535 wrap round to a small one.
  const bool wrapped = (rest[0] >> 4) == kNibbleTwoOctets && option.delta < kTwoOctetsBase;
  return wrapped ? 0 : size;
}

// Why parse_option() refused: libcoap does not tell.
DecodeFault option_fault(ByteView rest) {
  const unsigned delta_nibble = rest[0] >> 4;
  const unsigned length_nibble = rest[0] & 0x0F;
  if (delta_nibble == kNibbleReserved || length_nibble == kNibbleReserved) {
    return DecodeFault::kOptionReserved;
  }
  if (delta_nibble != kNibbleTwoOctets || rest.size() < 3) return DecodeFault::kOptionTruncated;

  const std::uint32_t delta = kTwoOctetsBase + (static_cast<std::uint32_t>(rest[1]) << 8) + rest[2];
  return delta > kOptionNumberMax ? DecodeFault::kOptionNumber : DecodeFault::kOptionTruncated;
}

// Proves the options sound and finds their end: sets `options` and leaves in `rest` what follows.
inline std::optional<DecodeFault> walk_options(ByteView& rest, OptionSequence& options) {
  const ByteView start = rest;
  std::size_t count = 0;
  std::uint32_t number = 0;
  while (!rest.empty() && rest[0] != kPayloadMarker) {
    coap_option_t option;
    const std::size_t size = parse_option(rest, option);
    if (size == 0) return option_fault(rest);

    number += option.delta;
    if (number > kOptionNumberMax) return DecodeFault::kOptionNumber;
    rest = rest.subspan(size);
    ++count;
  }
  options = OptionSequence(start.first(start.size() - rest.size()), count);
  return std::nullopt;
}

// Fills `view` as far as it gets.
inline std::optional<DecodeFault> read_message(ByteView datagram, MessageView& view) {
  if (datagram.size() < kHeaderSize) return DecodeFault::kTooShort;
  if ((datagram[0] >> 6) != kVersion) return DecodeFault::kUnknownVersion;

  view.type = static_cast<Type>((datagram[0] >> 4) & 0x03);
  view.code = static_cast<Code>(datagram[1]);
  view.message_id = static_cast<MessageId>(datagram[2] << 8 | datagram[3]);

  ByteView rest = datagram.subspan(kHeaderSize);
  const std::size_t token_size = datagram[0] & 0x0F;
  if (token_size > Token::kSizeMax || token_size > rest.size()) return DecodeFault::kTokenLength;
  if (is_empty(view.code) && !rest.empty()) return DecodeFault::kEmptyWithContent;
  view.token = Token(rest.first(token_size));
  rest = rest.subspan(token_size);

  if (const auto fault = walk_options(rest, view.options)) return fault;
  if (rest.empty()) return std::nullopt;
  if (rest.size() == 1) return DecodeFault::kMarkerNoPayload;
  view.payload = rest.subspan(1);
  return std::nullopt;
}

// `view` holds what read_message() had filled in when it met the fault.
DecodeError describe(DecodeFault fault, const MessageView& view) {
  if (fault == DecodeFault::kTooShort || fault == DecodeFault::kUnknownVersion)
    return {.fault = fault};
  return {.fault = fault, .type = view.type, .message_id = view.message_id};
}

}  // namespace

OptionSequence::Iterator::Iterator(ByteView rest) : rest_(rest), at_end_(false) {
  ++*this;
}

OptionSequence::Iterator& OptionSequence::Iterator::operator++() {
  if (rest_.empty()) {
    at_end_ = true;
    return *this;
  }
  coap_option_t option;
  const std::size_t size = parse_option(rest_, option);
  BG_CHECK(size != 0, "decode() has proved every option sound");
  current_.number = static_cast<std::uint16_t>(current_.number + option.delta);
  current_.value = ByteView(option.value, option.length);
  rest_ = rest_.subspan(size);
  return *this;
}

Message MessageView::to_message() const {
  Message message{.type = type, .code = code, .message_id = message_id, .token = token};
  message.options.reserve(options.size());
  for (const OptionView& option : options) {
    message.options.push_back({option.number, Bytes(option.value.begin(), option.value.end())});
  }
  message.payload.assign(payload.begin(), payload.end());
  return message;
}

Expected<MessageView, DecodeError> decode(ByteView datagram) {
  // One return object, filled where it stands: a copy of it costs more than the parsing.
  Expected<MessageView, DecodeError> result;
  if (const auto fault = read_message(datagram, *result)) {
    result = unexpected(describe(*fault, *result));
  }
  return result;
}

std::optional<std::size_t> encode_into(const EncodeFields& fields, std::span<std::uint8_t> out) {
  const ByteView token = fields.token != nullptr ? fields.token->view() : ByteView{};
  if (out.size() < kHeaderSize + token.size()) return std::nullopt;

  out[0] = static_cast<std::uint8_t>(kVersion << 6 | static_cast<unsigned>(fields.type) << 4 |
                                     token.size());
  out[1] = static_cast<std::uint8_t>(fields.code);
  out[2] = static_cast<std::uint8_t>(fields.message_id >> 8);
  out[3] = static_cast<std::uint8_t>(fields.message_id);
  std::size_t size = kHeaderSize;
  for (const std::uint8_t octet : token) out[size++] = octet;

  std::uint16_t last = 0;
  for (const OptionView& option : fields.options) {
    BG_CHECK(option.number >= last, "the caller has sorted the options");
    if (option.value.size() > kOptionSizeMax) return std::nullopt;

    const std::size_t added = coap_opt_encode(out.data() + size, out.size() - size,
                                              static_cast<std::uint16_t>(option.number - last),
                                              option.value.data(), option.value.size());
    if (added == 0) return std::nullopt;
    size += added;
    last = option.number;
  }

  // RFC 7252 §3: a marker with nothing behind it is a format error.
  if (fields.payload.empty()) return size;
  if (out.size() - size < 1 + fields.payload.size()) return std::nullopt;
  out[size] = kPayloadMarker;
  std::memcpy(out.data() + size + 1, fields.payload.data(), fields.payload.size());
  return size + 1 + fields.payload.size();
}

Bytes encode(const Message& message) {
  std::vector<OptionView> options;
  options.reserve(message.options.size());
  std::size_t size_max = kHeaderSize + Token::kSizeMax + 1 + message.payload.size();
  for (const Option& option : message.options) {
    options.push_back({option.number, option.value});
    size_max += kOptionHeaderSizeMax + option.value.size();
  }
  std::ranges::stable_sort(options, std::ranges::less{}, &OptionView::number);

  Bytes datagram(size_max);
  const auto size = encode_into({.type = message.type,
                                 .code = message.code,
                                 .message_id = message.message_id,
                                 .token = &message.token,
                                 .options = options,
                                 .payload = message.payload},
                                datagram);
  BG_CHECK(size.has_value(), "the buffer holds the longest encoding, and no option exceeds 65804");
  datagram.resize(*size);
  return datagram;
}

Bytes encode_uint(std::uint64_t value) {
  Bytes octets;
  for (; value != 0; value >>= 8) octets.push_back(static_cast<std::uint8_t>(value));
  std::ranges::reverse(octets);
  return octets;
}

std::optional<std::uint64_t> decode_uint(ByteView octets) {
  while (!octets.empty() && octets.front() == 0) octets = octets.subspan(1);
  if (octets.size() > sizeof(std::uint64_t)) return std::nullopt;

  std::uint64_t value = 0;
  for (const std::uint8_t octet : octets) value = value << 8 | octet;
  return value;
}

}  // namespace vmodem::coap
