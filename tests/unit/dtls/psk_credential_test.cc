#include "dtls/psk_credential.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace std::string_view_literals;

namespace {

struct GoodFile {
  std::string_view content;
  std::string_view identity;
  std::string_view key;
};

constexpr GoodFile kGoodFiles[] = {
    {"864508030012428&313233343446473839"sv, "864508030012428"sv, "313233343446473839"sv},
    {"DTLS_Client&1a2b3c4d"sv, "DTLS_Client"sv, "1a2b3c4d"sv},
    {"a&00"sv, "a"sv, "00"sv},
    {"a&AbCdEf"sv, "a"sv, "abcdef"sv},
    {"a&01\r\n"sv, "a"sv, "01"sv},
    {"a&01\n"sv, "a"sv, "01"sv},
    {"a&01\x1A"sv, "a"sv, "01"sv},
    {"a&01\0"sv, "a"sv, "01"sv},
    {"a&01 \t \r\n\0\0\x1A\n"sv, "a"sv, "01"sv},
    // Parentheses, blanks inside and control characters are octets of the identity like any other.
    {"(id)&01"sv, "(id)"sv, "01"sv},
    {" my id &01"sv, " my id "sv, "01"sv},
    {"id\r\n&01"sv, "id\r\n"sv, "01"sv},
    {"a&000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"sv, "a"sv,
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"sv},
};

struct BadFile {
  std::string_view content;
  PskFileError error;
};

constexpr BadFile kBadFiles[] = {
    {""sv, PskFileError::kNoSeparator},
    {"\r\n"sv, PskFileError::kNoSeparator},
    {"identity"sv, PskFileError::kNoSeparator},
    {"&01"sv, PskFileError::kEmptyIdentity},
    {"&"sv, PskFileError::kEmptyIdentity},
    {"a&"sv, PskFileError::kEmptyKey},
    {"a& \r\n"sv, PskFileError::kEmptyKey},
    {"a&0"sv, PskFileError::kKeyNotHex},
    {"a&012"sv, PskFileError::kKeyNotHex},
    {"a&0g"sv, PskFileError::kKeyNotHex},
    {"a& 01"sv, PskFileError::kKeyNotHex},
    {"a&01 02"sv, PskFileError::kKeyNotHex},
    {"a&01&02"sv, PskFileError::kKeyNotHex},
    {"(a&01)"sv, PskFileError::kKeyNotHex},
    {"a&0x01"sv, PskFileError::kKeyNotHex},
    {"a&000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"sv,
     PskFileError::kKeyTooLong},
};

}  // namespace

TEST_CASE("a PSK file is the identity up to the first ampersand and the key in hex") {
  for (const auto& file : kGoodFiles) {
    INFO(to_hex_lower(as_bytes(file.content)));
    const auto parsed = parse_psk_file(as_bytes(file.content));
    REQUIRE(parsed);
    CHECK(parsed->identity == file.identity);
    CHECK(to_hex_lower(parsed->key.view()) == file.key);
  }
}

TEST_CASE("a malformed PSK file is refused with its reason") {
  for (const auto& file : kBadFiles) {
    INFO(to_hex_lower(as_bytes(file.content)));
    const auto parsed = parse_psk_file(as_bytes(file.content));
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error() == file.error);
  }
}

TEST_CASE("a key that is text is its octets, hex digits too, up to what trails") {
  const auto parsed = parse_psk_file(as_bytes("a&0g&\r\n"sv), PskKeyForm::kText);
  REQUIRE(parsed);
  CHECK(parsed->identity == "a");
  CHECK(to_hex_lower(parsed->key.view()) == "306726");

  const auto long_key = "a&" + std::string(33, 'k');
  const auto refused = parse_psk_file(as_bytes(long_key), PskKeyForm::kText);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == PskFileError::kKeyTooLong);
}

TEST_CASE("every reason to refuse a PSK file reads as one sentence of its own") {
  std::vector<std::string_view> sentences;
  for (const auto& file : kBadFiles) {
    const auto sentence = describe(file.error);
    CHECK(sentence.ends_with('.'));
    if (sentences.empty() || sentences.back() != sentence) sentences.push_back(sentence);
  }
  CHECK(sentences.size() == 5);
}

TEST_CASE("of a PSK file the form may be told, and how much trails") {
  const auto shape = [](std::string_view content) { return shape_of_psk_file(as_bytes(content)); };
  CHECK(shape("a&01").form == PskFileForm::kIdentityAndKey);
  CHECK(shape("a&01").trailing_size == 0);
  CHECK(shape("a&01\r\n\x1A"sv).trailing_size == 3);
  CHECK(shape("|a|:01\n").form == PskFileForm::kLwm2m);
  CHECK(shape("|a|:01\n").trailing_size == 1);
  CHECK(shape("|a&01").form == PskFileForm::kIdentityAndKey);
  CHECK(shape("a|:01").form == PskFileForm::kUnknown);
  CHECK(shape("").form == PskFileForm::kUnknown);
  CHECK(shape("\n\n").trailing_size == 2);
}
