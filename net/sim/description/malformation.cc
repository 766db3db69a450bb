#include "net/sim/description/malformation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "coap_core/codec.h"
#include "firmware/base/check.h"

namespace vmodem::sim {
namespace {

// RFC 7252 §3: a header of four octets, the token length in the low nibble of the first.
constexpr std::size_t kHeaderSize = 4;
constexpr std::size_t kCodeIndex = 1;
constexpr std::uint16_t kUnregisteredCritical = 65001;  // odd; experimental use (RFC 7252 §12.2)

std::size_t token_size(const Bytes& datagram) {
  return datagram[0] & 0x0F;
}

// Header and token, which the malformed tail follows.
Bytes with_tail(Bytes datagram, ByteView tail) {
  datagram.resize(kHeaderSize + token_size(datagram));
  datagram.insert(datagram.end(), tail.begin(), tail.end());
  return datagram;
}

Bytes with_critical_option(Bytes datagram) {
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

Bytes with_bits(Bytes datagram, std::size_t index, unsigned mask, unsigned bits) {
  datagram[index] = static_cast<std::uint8_t>((datagram[index] & ~mask) | bits);
  return datagram;
}

Bytes with_other_message_id(Bytes datagram) {
  datagram[3] ^= 0x55;
  return datagram;
}

Bytes as_empty(Bytes datagram) {
  datagram[kCodeIndex] = 0;
  if (datagram.size() == kHeaderSize) datagram.push_back(0);
  return datagram;
}

struct Row {
  MalformationName name;
  Bytes (*apply)(Bytes sound);
};

// In the order of the enumeration.
constexpr Row kRows[] = {
    {{Malformation::kNone, "none"}, [](Bytes sound) { return sound; }},
    {{Malformation::kTooShort, "too-short"},
     [](Bytes sound) {
       sound.resize(3);
       return sound;
     }},
    {{Malformation::kUnknownVersion, "unknown-version"},
     [](Bytes sound) { return with_bits(std::move(sound), 0, 0xC0, 0x80); }},
    {{Malformation::kTokenLength, "token-length"},
     [](Bytes sound) { return with_bits(std::move(sound), 0, 0x0F, 9); }},
    {{Malformation::kEmptyWithContent, "empty-with-content"}, as_empty},
    {{Malformation::kOptionReserved, "option-reserved"},
     [](Bytes sound) {
       return with_tail(std::move(sound), Bytes{0xF0, 0x00});
     }},
    {{Malformation::kOptionTruncated, "option-truncated"},
     [](Bytes sound) {
       return with_tail(std::move(sound), Bytes{0xC2, 0x00});
     }},
    {{Malformation::kOptionNumber, "option-number"},
     [](Bytes sound) {
       return with_tail(std::move(sound), Bytes{0xE0, 0xFF, 0xFF});
     }},
    {{Malformation::kMarkerNoPayload, "marker-no-payload"},
     [](Bytes sound) { return with_tail(std::move(sound), Bytes{0xFF}); }},
    {{Malformation::kUnknownCriticalOption, "unknown-critical-option"}, with_critical_option},
    {{Malformation::kWrongToken, "wrong-token"}, with_other_token},
    {{Malformation::kWrongMessageId, "wrong-message-id"}, with_other_message_id},
    {{Malformation::kReservedCode, "reserved-code"},
     [](Bytes sound) { return with_bits(std::move(sound), kCodeIndex, 0xFF, 0xFF); }},
    {{Malformation::kRequestCode, "request-code"},
     [](Bytes sound) { return with_bits(std::move(sound), kCodeIndex, 0xFF, 0x01); }},
};
static_assert(std::size(kRows) == static_cast<std::size_t>(Malformation::kCount));
static_assert(std::ranges::is_sorted(kRows, {},
                                     [](const Row& row) { return row.name.malformation; }));

}  // namespace

std::vector<MalformationName> malformation_names() {
  std::vector<MalformationName> names;
  for (const auto& row : kRows) names.push_back(row.name);
  return names;
}

Bytes malform(Bytes sound, Malformation malformation) {
  BG_CHECK(sound.size() >= kHeaderSize, "an answer has a header");
  BG_CHECK(malformation < Malformation::kCount, "kCount is no malformation");
  return kRows[static_cast<std::size_t>(malformation)].apply(std::move(sound));
}

}  // namespace vmodem::sim
