// A message to octets and back.
#include <array>

#include "coap_core/codec.h"
#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/floor/libcoap_pdu.h"
#include "tools/benchmark/samples.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 100;
constexpr int kOperations = 5000;  // a round and kind

constexpr std::uint8_t kTokenOctets[] = {0xd2, 0x04, 0xd5, 0x2e, 0x81, 0x4b, 0x11, 0x22};
constexpr std::uint8_t kEtag[] = {0x0a, 0x0b, 0x0c, 0x0d};
constexpr std::uint8_t kContentFormat[] = {40};
constexpr std::uint8_t kMaxAge[] = {60};

const std::array<coap::OptionView, 3> kOptions{{{4, kEtag}, {12, kContentFormat}, {14, kMaxAge}}};

// Keeps the compiler from leaving out what nobody reads.
template <class Value>
void keep(const Value& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

template <class Operation>
double nanoseconds_each(Operation&& operation) {
  return time_us([&] {
           for (int i = 0; i < kOperations; ++i) keep(operation());
         }) *
         1e3 / kOperations;
}

std::size_t decode_and_walk(ByteView datagram) {
  const auto view = coap::decode(datagram);
  if (!view) return 0;
  std::size_t total = view->payload.size();
  for (const auto& option : view->options) total += option.value.size();
  return total;
}

}  // namespace

Figures measure_codec(const Programs&) {
  const coap::Token token(kTokenOctets);
  const coap::EncodeFields fields{.type = coap::Type::kAcknowledgement,
                                  .code = coap::Code::kContent,
                                  .message_id = 1234,
                                  .token = &token,
                                  .options = kOptions,
                                  .payload = as_bytes("Hello, CoAP Message!")};
  std::array<std::uint8_t, 256> room{};
  const auto size = coap::encode_into(fields, room);
  if (!size || !libcoap_build(fields)) return unexpected(std::string("a codec refuses"));
  const ByteView datagram = std::span(room).first(*size);
  if (decode_and_walk(datagram) != libcoap_parse(datagram)) {
    return unexpected(std::string("the codecs disagree"));
  }

  Samples encode, decode, walk, build, parse;
  std::array<std::uint8_t, 256> out{};
  for (int round = 0; round < kRounds; ++round) {
    build.add(nanoseconds_each([&] { return libcoap_build(fields); }));
    encode.add(nanoseconds_each([&] { return coap::encode_into(fields, out); }));
    parse.add(nanoseconds_each([&] { return libcoap_parse(datagram); }));
    decode.add(nanoseconds_each([&] { return coap::decode(datagram); }));
    walk.add(nanoseconds_each([&] { return decode_and_walk(datagram); }));
  }
  return std::vector<Figure>{{"encode 3 options (floor: libcoap's PDU)", "ns", encode.best(),
                              build.best(), Target{Judged::kValue, Bound::kAtMost, 25}},
                             {"decode 3 options (floor: libcoap's PDU)", "ns", decode.best(),
                              parse.best(), Target{Judged::kValue, Bound::kAtMost, 20}},
                             {"decode and walk the options", "ns", walk.best(), parse.best()}};
}

}  // namespace vmodem::benchmark
