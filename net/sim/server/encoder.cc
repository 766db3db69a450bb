#include "net/sim/server/encoder.h"

#include <algorithm>
#include <array>

#include "coap_core/codec.h"
#include "net/sim/site/option_numbers.h"

namespace vmodem::sim {
namespace {

struct ReasonPhrase {
  coap::Code code;
  std::string_view phrase;
};

// RFC 7252 §12.1.2, RFC 7959 §6.
constexpr ReasonPhrase kReasonPhrases[] = {
    {coap::Code::kBadRequest, "Bad Request"},
    {coap::Code::kUnauthorized, "Unauthorized"},
    {coap::Code::kBadOption, "Bad Option"},
    {coap::Code::kForbidden, "Forbidden"},
    {coap::Code::kNotFound, "Not Found"},
    {coap::Code::kMethodNotAllowed, "Method Not Allowed"},
    {coap::Code::kNotAcceptable, "Not Acceptable"},
    {coap::Code::kRequestEntityIncomplete, "Request Entity Incomplete"},
    {coap::Code::kPreconditionFailed, "Precondition Failed"},
    {coap::Code::kRequestEntityTooLarge, "Request Entity Too Large"},
    {coap::Code::kUnsupportedContentFormat, "Unsupported Content-Format"},
    {coap::Code::kInternalServerError, "Internal Server Error"},
    {coap::Code::kNotImplemented, "Not Implemented"},
    {coap::Code::kBadGateway, "Bad Gateway"},
    {coap::Code::kServiceUnavailable, "Service Unavailable"},
    {coap::Code::kGatewayTimeout, "Gateway Timeout"},
    {coap::Code::kProxyingNotSupported, "Proxying Not Supported"},
};

// Options in ascending order, the short values kept here.
class OptionList {
 public:
  void add(std::uint16_t number, ByteView value) {
    if (count_ == options_.size()) return;  // configured locations of more segments are cut off
    options_[count_++] = {number, value};
    octets_ += kOptionHeaderSizeMax + value.size();
  }
  // RFC 7252 §3.2, but at least `size_min` octets: an empty ETag does not exist.
  void add_uint(std::uint16_t number, std::uint32_t value, std::size_t size_min = 0) {
    auto& room = values_[value_count_++];
    for (std::size_t i = 0; i < room.size(); ++i) {
      room[i] = static_cast<std::uint8_t>(value >> (8 * (room.size() - 1 - i)));
    }
    std::size_t zeros = 0;
    while (zeros < room.size() - size_min && room[zeros] == 0) ++zeros;
    add(number, ByteView(room).subspan(zeros));
  }
  template <class Value>
  void add_uint(std::uint16_t number, const std::optional<Value>& value, std::size_t size_min = 0) {
    if (value) add_uint(number, std::uint32_t{*value}, size_min);
  }
  void add_all(std::uint16_t number, const std::vector<std::string>* values) {
    if (values == nullptr) return;
    for (const auto& value : *values) add(number, as_bytes(value));
  }

  [[nodiscard]] std::span<const coap::OptionView> view() const { return {options_.data(), count_}; }
  [[nodiscard]] std::size_t octets_max() const { return octets_; }

 private:
  static constexpr std::size_t kOptionHeaderSizeMax = 5;  // RFC 7252 §3.1

  std::array<coap::OptionView, 32> options_;
  std::array<std::array<std::uint8_t, 4>, 8> values_;  // one for each uint of a Response
  std::size_t count_ = 0;
  std::size_t value_count_ = 0;
  std::size_t octets_ = 0;
};

std::optional<std::uint32_t> value_of(const std::optional<Block>& block) {
  if (!block) return std::nullopt;
  return block->value();
}

void collect(OptionList& options, const Response& response) {
  options.add_uint(kEtag, response.etag, 1);
  options.add_uint(coap::kObserve, response.observe);
  options.add_all(kLocationPath, response.location_path);
  if (!response.child.empty()) options.add(kLocationPath, as_bytes(response.child));
  options.add_uint(kContentFormat, response.content_format);
  options.add_uint(kMaxAge, response.max_age);
  options.add_all(kLocationQuery, response.location_query);
  options.add_uint(kBlock2, value_of(response.block2));
  options.add_uint(kBlock1, value_of(response.block1));
  options.add_uint(kSize2, response.size2);
  options.add_uint(kSize1, response.size1);
}

}  // namespace

std::string_view reason_phrase(coap::Code code) {
  const auto entry = std::ranges::find(kReasonPhrases, code, &ReasonPhrase::code);
  return entry == std::end(kReasonPhrases) ? std::string_view{} : entry->phrase;
}

Bytes encode_response(const Envelope& envelope, const Response& response) {
  OptionList options;
  collect(options, response);

  constexpr std::size_t kHeaderSize = 4;
  constexpr std::size_t kMarkerSize = 1;
  Bytes datagram(kHeaderSize + envelope.token.size() + options.octets_max() + kMarkerSize +
                 response.payload.size());
  const auto size = coap::encode_into({.type = envelope.type,
                                       .code = response.code,
                                       .message_id = envelope.message_id,
                                       .token = &envelope.token,
                                       .options = options.view(),
                                       .payload = response.payload},
                                      datagram);
  BG_CHECK(size.has_value(), "the room was computed from the same fields");
  datagram.resize(*size);
  return datagram;
}

Bytes encode_empty(coap::Type type, coap::MessageId message_id) {
  // RFC 7252 §3: version 1, no token, code 0.00.
  return {static_cast<std::uint8_t>(0x40 | static_cast<unsigned>(type) << 4), 0,
          static_cast<std::uint8_t>(message_id >> 8), static_cast<std::uint8_t>(message_id)};
}

}  // namespace vmodem::sim
