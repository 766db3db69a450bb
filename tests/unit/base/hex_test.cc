#include "firmware/base/hex.h"

#include "tests/support/catch.h"

using namespace vmodem;

TEST_CASE("hex text of either case becomes the same octets") {
  CHECK(from_hex("d204D5") == Bytes{0xD2, 0x04, 0xD5});
  CHECK(from_hex("") == Bytes{});
}

TEST_CASE("an odd count of digits or a foreign character is no hex text") {
  CHECK_FALSE(from_hex("d20"));
  CHECK_FALSE(from_hex("d2 4"));
  CHECK_FALSE(from_hex("0x12"));
}

TEST_CASE("octets are printed two digits each, in the case asked for") {
  CHECK(to_hex_upper(Bytes{0x00, 0xAB, 0x0F}) == "00AB0F");
  CHECK(to_hex_lower(Bytes{0x00, 0xAB, 0x0F}) == "00ab0f");
}
