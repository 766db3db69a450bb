#include "dtls/psk_credential.h"

#include <utility>

#include "firmware/base/check.h"
#include "firmware/base/hex.h"

namespace vmodem::dtls {
namespace {

// Hosts end the file with what their terminal sends: CR LF, Ctrl-Z, a C string's NUL.
constexpr std::string_view kTrailing{"\r\n\0\x1A \t", 6};

// Writes through a volatile pointer are side effects: the optimiser may not drop them although the
// memory is given back right after.
void wipe(std::span<std::uint8_t> octets) {
  volatile std::uint8_t* out = octets.data();
  for (std::size_t i = 0; i < octets.size(); ++i) out[i] = 0;
}

std::string_view without_trailing(ByteView content) {
  const auto whole = as_text(content);
  const auto last = whole.find_last_not_of(kTrailing);
  return last == std::string_view::npos ? std::string_view{} : whole.substr(0, last + 1);
}

}  // namespace

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : octets_(std::move(other.octets_)) {
}

SecretBytes& SecretBytes::operator=(SecretBytes other) noexcept {
  std::swap(octets_, other.octets_);
  return *this;
}

SecretBytes::~SecretBytes() {
  wipe(octets_);
}

Expected<PskCredential, PskFileError> parse_psk_file(ByteView content, PskKeyForm form) {
  const auto text = without_trailing(content);
  const auto separator = text.find('&');
  if (separator == std::string_view::npos) return unexpected(PskFileError::kNoSeparator);
  if (separator == 0) return unexpected(PskFileError::kEmptyIdentity);

  const auto written = text.substr(separator + 1);
  if (written.empty()) return unexpected(PskFileError::kEmptyKey);
  auto octets = form == PskKeyForm::kText ? std::optional(to_bytes(written)) : from_hex(written);
  if (!octets) return unexpected(PskFileError::kKeyNotHex);

  SecretBytes key(std::move(*octets));
  if (key.size() > kPskSizeMax) return unexpected(PskFileError::kKeyTooLong);
  return PskCredential{std::string(text.substr(0, separator)), std::move(key)};
}

PskFileShape shape_of_psk_file(ByteView content) {
  const auto text = without_trailing(content);
  const auto form = [&] {
    if (text.starts_with('|') && text.find("|:", 1) != std::string_view::npos) {
      return PskFileForm::kLwm2m;
    }
    return text.find('&') == std::string_view::npos ? PskFileForm::kUnknown
                                                    : PskFileForm::kIdentityAndKey;
  };
  return {form(), content.size() - text.size()};
}

std::string_view describe(PskFileForm form) {
  switch (form) {
    case PskFileForm::kIdentityAndKey:
      return "identity&key";
    case PskFileForm::kLwm2m:
      return "|identity|:key";
    case PskFileForm::kUnknown:
      return "unknown";
  }
  BG_CHECK(false, "a form is made of the enumerators only");
}

std::string_view describe(PskFileError error) {
  switch (error) {
    case PskFileError::kNoSeparator:
      return "The PSK file has no '&' between identity and key.";
    case PskFileError::kEmptyIdentity:
      return "The PSK file has no identity before the '&'.";
    case PskFileError::kEmptyKey:
      return "The PSK file has no key behind the '&'.";
    case PskFileError::kKeyNotHex:
      return "The key in the PSK file is not an even number of hex digits.";
    case PskFileError::kKeyTooLong:
      return "The key in the PSK file is longer than 32 octets.";
  }
  BG_CHECK(false, "an error is made of the enumerators only");
}

}  // namespace vmodem::dtls
