#include "net/capture/udp_packet.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::capture;

namespace {

std::string packet_hex(const char* from, const char* to, ByteView datagram) {
  Bytes out;
  append_udp_packet(out, net::parse_endpoint(from).value(), net::parse_endpoint(to).value(),
                    datagram);
  return to_hex_lower(out);
}

constexpr auto kModule = "192.0.2.1:49152";
constexpr auto kServer = "198.51.100.1:5683";

}  // namespace

TEST_CASE("IPv4 and UDP headers stand before a datagram, with their checksums") {
  CHECK(packet_hex(kModule, kServer, from_hex("400104d2ff61").value()) ==
        "450000220000400040114e95c0000201c6336401"
        "c0001633000ef932"
        "400104d2ff61");
}

TEST_CASE("the last octet of an odd datagram counts as the upper half of a word") {
  CHECK(packet_hex(kModule, kServer, as_bytes("abc")) ==
        "4500001f0000400040114e98c0000201c6336401"
        "c0001633000b790b"
        "616263");
}

TEST_CASE("a checksum of zero is written as its other form") {
  CHECK(packet_hex(kModule, kServer, from_hex("3d70").value()) ==
        "4500001e0000400040114e99c0000201c6336401"
        "c0001633000affff"
        "3d70");
}

TEST_CASE("IPv6 has a header of its own") {
  CHECK(packet_hex("[2001:db8::1]:49152", "[2001:db8::2]:5683", from_hex("400104d2").value()) ==
        "60000000000c114020010db800000000000000000000000120010db8000000000000000000000002"
        "c0001633000c895a"
        "400104d2");
}

TEST_CASE("where one end is IPv6 the other is written as a mapped address") {
  CHECK(packet_hex(kModule, "[2001:db8::2]:5683", {}) ==
        "600000000008114000000000000000000000ffffc000020120010db8000000000000000000000002"
        "c0001633000839ee");
}

TEST_CASE("a datagram that no packet holds is cut") {
  const Bytes datagram(70000, 0x55);
  Bytes out;
  append_udp_packet(out, net::parse_endpoint(kModule).value(), net::parse_endpoint(kServer).value(),
                    datagram);
  CHECK(out.size() == 65535);
  CHECK(to_hex_lower(ByteView(out).subspan(2, 2)) == "ffff");
}
