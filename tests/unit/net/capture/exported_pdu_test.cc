#include "net/capture/exported_pdu.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::capture;

namespace {

Ends ends_of(const char* from, const char* to) {
  return {net::parse_endpoint(from).value(), net::parse_endpoint(to).value()};
}

}  // namespace

TEST_CASE("the dissector's name goes before, up to a multiple of four") {
  Bytes out;
  append_exported_pdu(out, "at", as_bytes("AT\r"));
  CHECK(to_hex_lower(out) ==
        "000c000461740000"
        "00000000"
        "41540d");
}

TEST_CASE("ends are told with their ports") {
  Bytes out;
  append_exported_pdu(out, "coap", ends_of("192.0.2.1:49152", "198.51.100.1:5683"), as_bytes("x"));
  CHECK(to_hex_lower(out) ==
        "000c0004636f6170"
        "00140004c0000201"
        "00150004c6336401"
        "0018000400000003"
        "001900040000c000"
        "001a000400001633"
        "00000000"
        "78");
}

TEST_CASE("where one end is IPv6 both are") {
  Bytes out;
  append_exported_pdu(out, "coap", ends_of("192.0.2.1:1", "[2001:db8::2]:2"), {});
  CHECK(to_hex_lower(out) ==
        "000c0004636f6170"
        "0016001000000000000000000000ffffc0000201"
        "0017001020010db8000000000000000000000002"
        "0018000400000003"
        "0019000400000001"
        "001a000400000002"
        "00000000");
}
