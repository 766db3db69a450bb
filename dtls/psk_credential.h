// The content of <id>_server.psk: identity&key (the note §3.3.1, qcoap.md §10).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"

namespace vmodem::dtls {

// Octets that are overwritten before their memory is given back.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(Bytes octets) : octets_(std::move(octets)) {}
  SecretBytes(const SecretBytes&) = default;
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes other) noexcept;
  ~SecretBytes();

  [[nodiscard]] ByteView view() const { return octets_; }
  [[nodiscard]] std::size_t size() const { return octets_.size(); }

 private:
  Bytes octets_;
};

struct PskCredential {
  std::string identity;
  SecretBytes key;
};

enum class PskFileError : std::uint8_t {
  kNoSeparator,
  kEmptyIdentity,
  kEmptyKey,
  kKeyNotHex,   // a character that is no hex digit, or an odd number of digits
  kKeyTooLong,  // over kPskSizeMax octets
};

// mbedTLS 2.28 takes 32 octets and 3.6 takes 48; one limit for both keeps a test portable.
inline constexpr std::size_t kPskSizeMax = 32;

enum class PskKeyForm : std::uint8_t { kHex, kText };

// Identity up to the first '&'; the rest is the key in its form. Trailing CR, LF, NUL, 0x1A and blanks
// are dropped first.
[[nodiscard]] Expected<PskCredential, PskFileError> parse_psk_file(
    ByteView content, PskKeyForm form = PskKeyForm::kHex);

// What of a PSK file may be told of: nothing that stands in it.
enum class PskFileForm : std::uint8_t {
  kIdentityAndKey,  // identity&key
  kLwm2m,           // |identity|:key, which another application of the module takes (LWM95 §2.5.2)
  kUnknown,
};
struct PskFileShape {
  PskFileForm form;
  std::size_t trailing_size;  // octets that parse_psk_file() drops
};
[[nodiscard]] PskFileShape shape_of_psk_file(ByteView content);
[[nodiscard]] std::string_view describe(PskFileForm form);

// One sentence for the log. Never contains the identity or the key.
[[nodiscard]] std::string_view describe(PskFileError error);

}  // namespace vmodem::dtls
