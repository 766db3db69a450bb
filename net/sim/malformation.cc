#include "net/sim/malformation.h"

#include <algorithm>

#include "coap_core/codec.h"
#include "firmware/base/check.h"

namespace vmodem::sim {
namespace {

constexpr MalformationName kNames[] = {
    {Malformation::kNone, "none"},
    {Malformation::kTooShort, "too-short"},
    {Malformation::kUnknownVersion, "unknown-version"},
    {Malformation::kTokenLength, "token-length"},
    {Malformation::kEmptyWithContent, "empty-with-content"},
    {Malformation::kOptionReserved, "option-reserved"},
    {Malformation::kOptionTruncated, "option-truncated"},
    {Malformation::kOptionNumber, "option-number"},
    {Malformation::kMarkerNoPayload, "marker-no-payload"},
    {Malformation::kUnknownCriticalOption, "unknown-critical-option"},
    {Malformation::kWrongToken, "wrong-token"},
    {Malformation::kWrongMessageId, "wrong-message-id"},
    {Malformation::kReservedCode, "reserved-code"},
    {Malformation::kRequestCode, "request-code"},
};
static_assert(std::size(kNames) == static_cast<std::size_t>(Malformation::kCount));

// RFC 7252 §3: a header of four octets, the token length in the low nibble of the first.
constexpr std::size_t kHeaderSize = 4;
constexpr std::uint16_t kUnregisteredCritical = 65001;  // odd; experimental use (RFC 7252 §12.2)

std::size_t token_size(const Bytes& datagram) { return datagram[0] & 0x0F; }

// Header and token, which the malformed tail follows.
Bytes with_tail(Bytes datagram, ByteView tail) {
  datagram.resize(kHeaderSize + token_size(datagram));
  datagram.insert(datagram.end(), tail.begin(), tail.end());
  return datagram;
}

Bytes with_critical_option(const Bytes& datagram) {
  const auto decoded = coap::decode(datagram);
  BG_CHECK(decoded.has_value(), "only sound answers are malformed");
  auto message = decoded->to_message();
  message.options.push_back({kUnregisteredCritical, {0x78}});
  return coap::encode(message);
}

Bytes with_other_token(Bytes datagram) {
  if (token_size(datagram) == 0) {
    datagram[0] = static_cast<std::uint8_t>(datagram[0] | 1);
    datagram.insert(datagram.begin() + kHeaderSize, 0xEE);
    return datagram;
  }
  datagram[kHeaderSize] ^= 0xFF;
  return datagram;
}

Bytes with_octet(Bytes datagram, std::size_t index, std::uint8_t octet) {
  datagram[index] = octet;
  return datagram;
}

}  // namespace

std::span<const MalformationName> malformation_names() { return kNames; }

Bytes malform(Bytes datagram, Malformation malformation) {
  BG_CHECK(datagram.size() >= kHeaderSize, "an answer has a header");
  const auto first = datagram[0];
  const auto code = std::size_t{1};
  switch (malformation) {
    case Malformation::kNone: return datagram;
    case Malformation::kTooShort: datagram.resize(3); return datagram;
    case Malformation::kUnknownVersion:
      return with_octet(std::move(datagram), 0, static_cast<std::uint8_t>((first & 0x3F) | 0x80));
    case Malformation::kTokenLength:
      return with_octet(std::move(datagram), 0, static_cast<std::uint8_t>((first & 0xF0) | 9));
    case Malformation::kEmptyWithContent:
      datagram = with_octet(std::move(datagram), code, 0);
      if (datagram.size() == kHeaderSize) datagram.push_back(0x00);
      return datagram;
    case Malformation::kOptionReserved: return with_tail(std::move(datagram), Bytes{0xF0, 0x00});
    case Malformation::kOptionTruncated: return with_tail(std::move(datagram), Bytes{0xC2, 0x00});
    case Malformation::kOptionNumber:
      return with_tail(std::move(datagram), Bytes{0xE0, 0xFF, 0xFF});
    case Malformation::kMarkerNoPayload: return with_tail(std::move(datagram), Bytes{0xFF});
    case Malformation::kUnknownCriticalOption: return with_critical_option(datagram);
    case Malformation::kWrongToken: return with_other_token(std::move(datagram));
    case Malformation::kWrongMessageId:
      return with_octet(std::move(datagram), 3, static_cast<std::uint8_t>(datagram[3] ^ 0x55));
    case Malformation::kReservedCode: return with_octet(std::move(datagram), code, 0xFF);
    case Malformation::kRequestCode: return with_octet(std::move(datagram), code, 0x01);
    case Malformation::kCount: break;
  }
  BG_CHECK(false, "kCount is no malformation");
  return datagram;
}

}  // namespace vmodem::sim
