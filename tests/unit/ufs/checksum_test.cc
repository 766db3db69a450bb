#include "ufs/checksum.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

std::string checksum_of(std::string_view content) {
  return to_checksum_text(transfer_checksum(as_bytes(content)));
}

}  // namespace

TEST_CASE("the checksum of an upload agrees with the documents and with real modules") {
  CHECK(checksum_of("1234567890") == "3938");  // FILE95 §3.1.1
  CHECK(checksum_of("-----BEGIN CERTIFICATE-----\r") == "6c53");
  CHECK(checksum_of("864508030012428&313233343446473839") == "322e");
  CHECK(checksum_of("864508030012428&313233343446473839\r\n") == "3f24");
  CHECK(checksum_of("(864508030012428&313233343446473839)") == "61b");
  CHECK(checksum_of("DTLS_Client&1a2b3c4d") == "2e61");
}

TEST_CASE("an odd last octet is the high one of its word") {
  CHECK(checksum_of("A") == "4100");
  CHECK(checksum_of("ABA") == "42");
}

TEST_CASE("a checksum is printed in lower case without leading zeros") {
  CHECK(checksum_of("") == "0");
  CHECK(to_checksum_text(0x0F5F) == "f5f");
  CHECK(to_checksum_text(0xB34A) == "b34a");
}

TEST_CASE("the three CRCs have their catalogued check values") {
  CHECK(crcs(as_bytes("123456789")) == Crcs{0xCBF43926, 0xBB3D, 0x2189});
}

TEST_CASE("the three CRCs of an empty file are 0") {
  CHECK(crcs({}) == Crcs{0, 0, 0});
}
