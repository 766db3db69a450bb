// The clear part of DTLS records (RFC 6347 §4.1), as far as it is looked at outside the library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "firmware/base/bytes.h"

namespace vmodem::dtls {

enum class ContentType : std::uint8_t {
  kChangeCipherSpec = 20,
  kAlert = 21,
  kHandshake = 22,
  kApplicationData = 23,
};

enum class HandshakeType : std::uint8_t {
  kClientHello = 1,
  kServerHello = 2,
  kHelloVerifyRequest = 3,
};

inline constexpr std::size_t kRandomSize = 32;  // RFC 5246 §7.4.1.2

struct Record {
  ContentType type;
  bool is_clear;  // epoch 0
  std::uint64_t number;  // within its epoch
  ByteView octets;
  ByteView fragment;

  [[nodiscard]] bool is_clear_handshake(HandshakeType wanted) const;
};

// It begins as a record of DTLS does: by its content type and version.
[[nodiscard]] bool begins_as_record(ByteView datagram);

// Cuts the first record off `rest`. Nothing where no whole record of DTLS stands there.
[[nodiscard]] std::optional<Record> next_record(ByteView& rest);

// The random of a clear ClientHello; nothing for any other record and for one cut short.
[[nodiscard]] std::optional<ByteView> client_hello_random(const Record& record);

// Its cookie, empty in a first ClientHello; nothing as above.
[[nodiscard]] std::optional<ByteView> client_hello_cookie(const Record& record);
// The cookie of a clear HelloVerifyRequest; nothing for any other record and for one cut short.
[[nodiscard]] std::optional<ByteView> hello_verify_cookie(const Record& record);

}  // namespace vmodem::dtls
