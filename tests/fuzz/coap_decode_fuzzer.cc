// A datagram: what decodes encodes to a message that decodes to the same; nothing crashes, and a
// message layer in the middle of an exchange survives it.
#include <algorithm>

#include "coap_core/codec.h"
#include "coap_core/message_layer.h"
#include "firmware/base/check.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

void check_round_trip(ByteView datagram) {
  const auto decoded = decode(datagram);
  if (!decoded) return;

  const auto message = decoded->to_message();
  const auto encoded = encode(message);
  const auto again = decode(encoded);
  BG_CHECK(again && again->to_message() == message, "what was decoded can be encoded and decoded");
}

void feed_layer(ByteView datagram) {
  SeededRandom random(1);
  MessageLayer layer({}, {}, random);
  const Message request{.type = Type::kConfirmable, .code = Code::kGet, .message_id = 0x1234,
                        .token = Token(as_bytes("\x01"))};
  BG_CHECK(layer.send(Instant{}, request), "an empty queue takes a message");
  int rounds = 0;
  const auto drain = [&] {
    while (const auto transmit = layer.poll_transmit()) {
      layer.handle_transmitted(Instant{}, transmit->id, true);
      BG_CHECK(++rounds < 100, "a datagram makes no endless talk");
    }
    while (layer.poll_event()) BG_CHECK(++rounds < 100, "nor endless news");
  };
  drain();
  layer.handle_datagram(Instant{} + 1ms, datagram);
  drain();
  layer.handle_datagram(Instant{} + 2ms, datagram);
  drain();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView datagram(data, size);
  check_round_trip(datagram);
  feed_layer(datagram);
  return 0;
}
