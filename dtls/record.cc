#include "dtls/record.h"

namespace vmodem::dtls {
namespace {

constexpr std::size_t kEpochAt = 3;
constexpr std::size_t kNumberAt = 5;
constexpr std::size_t kLengthAt = 11;
constexpr std::size_t kHeaderSize = 13;
constexpr std::uint8_t kVersionMajor = 0xFE;  // DTLS of any minor version

// RFC 6347 §4.2.2 and §4.2.1: header, version, random, then session ID and cookie by length.
constexpr std::size_t kFragmentOffsetAt = 6;
constexpr std::size_t kRandomAt = 14;
constexpr std::size_t kVerifyCookieAt = 14;  // behind header and version
constexpr std::size_t kSessionIdAt = kRandomAt + kRandomSize;

std::uint16_t word(ByteView octets, std::size_t at) {
  return static_cast<std::uint16_t>(octets[at] << 8 | octets[at + 1]);
}

// Where the vector with a length octet at `at` ends; beyond the end where it is cut short.
std::size_t end_of_vector(ByteView octets, std::size_t at) {
  return at < octets.size() ? at + 1 + octets[at] : octets.size() + 1;
}

std::uint64_t number_of(ByteView octets) {
  std::uint64_t number = 0;
  for (auto at = kNumberAt; at < kLengthAt; ++at) number = number << 8 | octets[at];
  return number;
}

// The vector with a length octet at `at`, which is not cut short.
ByteView vector_at(ByteView octets, std::size_t at) {
  return octets.subspan(at + 1, octets[at]);
}

}  // namespace

bool Record::is_clear_handshake(HandshakeType wanted) const {
  return type == ContentType::kHandshake && is_clear && !fragment.empty() &&
         fragment[0] == static_cast<std::uint8_t>(wanted);
}

bool begins_as_record(ByteView datagram) {
  constexpr std::uint8_t kConnectionId = 25;  // RFC 9146; the last that is assigned
  return datagram.size() > 2 &&
         datagram[0] >= static_cast<std::uint8_t>(ContentType::kChangeCipherSpec) &&
         datagram[0] <= kConnectionId && datagram[1] == kVersionMajor;
}

std::optional<Record> next_record(ByteView& rest) {
  if (rest.size() < kHeaderSize) return std::nullopt;
  const ContentType type{rest[0]};
  if (type < ContentType::kChangeCipherSpec || type > ContentType::kApplicationData) return {};
  if (rest[1] != kVersionMajor) return std::nullopt;
  const auto size = kHeaderSize + word(rest, kLengthAt);
  if (size > rest.size()) return std::nullopt;

  const auto octets = rest.first(size);
  rest = rest.subspan(size);
  return Record{type, word(octets, kEpochAt) == 0, number_of(octets), octets,
                octets.subspan(kHeaderSize)};
}

std::optional<ByteView> client_hello_random(const Record& record) {
  if (!record.is_clear_handshake(HandshakeType::kClientHello)) return std::nullopt;
  const auto hello = record.fragment;
  const auto cookie_at = end_of_vector(hello, kSessionIdAt);
  if (end_of_vector(hello, cookie_at) > hello.size()) return std::nullopt;
  // Only a first fragment begins with version and random.
  if (hello[kFragmentOffsetAt] != 0 || word(hello, kFragmentOffsetAt + 1) != 0) return std::nullopt;

  return hello.subspan(kRandomAt, kRandomSize);
}

std::optional<ByteView> client_hello_cookie(const Record& record) {
  if (!client_hello_random(record)) return std::nullopt;
  return vector_at(record.fragment, end_of_vector(record.fragment, kSessionIdAt));
}

std::optional<ByteView> hello_verify_cookie(const Record& record) {
  if (!record.is_clear_handshake(HandshakeType::kHelloVerifyRequest)) return std::nullopt;
  if (end_of_vector(record.fragment, kVerifyCookieAt) > record.fragment.size()) return std::nullopt;
  return vector_at(record.fragment, kVerifyCookieAt);
}

}  // namespace vmodem::dtls
