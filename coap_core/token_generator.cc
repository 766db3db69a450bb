#include "coap_core/token_generator.h"

#include <array>
#include <span>

namespace vmodem::coap {

Token generate_token(MessageId message_id, RandomSource& random) {
  std::array<std::uint8_t, 6> octets{static_cast<std::uint8_t>(message_id),
                                     static_cast<std::uint8_t>(message_id >> 8)};
  // RFC 7252 §5.3.1: at least 32 bits of randomness where there is no DTLS.
  random.fill(RandomStream::kToken, std::span(octets).subspan(2));
  return Token(octets);
}

}  // namespace vmodem::coap
