#include "net/capture/pcapng.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::capture;

namespace {

// Groups apart.
Bytes literal(std::string text) {
  std::erase(text, ' ');
  return from_hex(text).value();
}

const CalendarTime kAt = CalendarTime(Duration(0x0102'0304'0506'0708));

}  // namespace

TEST_CASE("a section begins with its magic, its version and who writes it") {
  Bytes out;
  append_section(out, "vmodem");
  CHECK(out == literal("0a0d0d0a 2c000000  4d3c2b1a 0100 0000 ffffffffffffffff"
                       "0400 0600 766d6f64656d 0000  0000 0000  2c000000"));
}

TEST_CASE("an interface has a name, a description and nanoseconds") {
  Bytes out;
  append_interface(out, {"pdp1", "PDP context 1", LinkType::kRaw});
  CHECK(out == literal("01000000 3c000000  6500 0000 00000000"
                       "0200 0400 70647031  0300 0d00 50445020636f6e746578742031 000000"
                       "0900 0100 09 000000  0000 0000  3c000000"));
}

TEST_CASE("a packet has its instant in nanoseconds, and its octets up to a multiple of four") {
  Bytes out;
  append_packet(out, {.interface = InterfaceId{3}, .at = kAt, .octets = as_bytes("hello")});
  CHECK(out == literal("06000000 28000000  03000000 04030201 08070605 05000000 05000000"
                       "68656c6c6f 000000  28000000"));
}

TEST_CASE("a packet may have a direction, a number and a comment") {
  Bytes out;
  append_packet(out, {.interface = InterfaceId{0},
                      .at = kAt,
                      .octets = as_bytes("AT"),
                      .direction = Direction::kOutbound,
                      .id = 57,
                      .comment = "why"});
  CHECK(out == literal("06000000 44000000  00000000 04030201 08070605 02000000 02000000 4154 0000"
                       "0100 0300 776879 00  0200 0400 02000000  0500 0800 3900000000000000"
                       "0000 0000  44000000"));
}

TEST_CASE("what came before 1970 came in 1970") {
  Bytes out;
  append_packet(out, {.interface = InterfaceId{0}, .at = CalendarTime(-1s), .octets = {}});
  CHECK(out == literal("06000000 20000000  00000000 00000000 00000000 00000000 00000000 20000000"));
}

TEST_CASE("secrets are a key log of TLS") {
  Bytes out;
  append_secrets(out, "CLIENT_RANDOM 00 11\n");
  CHECK(out == literal("0a000000 28000000  4b534c54 14000000"
                       "434c49454e545f52414e444f4d203030203131 0a  28000000"));
}

TEST_CASE("a comment that no option holds is cut") {
  Bytes out;
  const std::string comment(70000, 'x');
  append_packet(out, {.interface = InterfaceId{0}, .at = kAt, .octets = {}, .comment = comment});
  const auto block = front_block(out);
  REQUIRE(block);
  CHECK(block->octets.size() == out.size());
  CHECK(out.size() == 32 + 4 + 65536 + 4);
}

TEST_CASE("blocks are told apart and found whole") {
  Bytes out;
  append_section(out, "vmodem");
  append_interface(out, {"at", "", LinkType::kUpperPdu});
  append_secrets(out, "x\n");
  append_packet(out, {.interface = InterfaceId{0}, .at = kAt, .octets = as_bytes("AT")});
  std::vector<BlockKind> kinds;
  ByteView rest(out);
  while (const auto block = front_block(rest)) {
    kinds.push_back(block->kind);
    CHECK_FALSE(front_block(block->octets.first(block->octets.size() - 1)));
    rest = rest.subspan(block->octets.size());
  }
  CHECK(rest.empty());
  CHECK(kinds == std::vector{BlockKind::kSection, BlockKind::kInterface, BlockKind::kSecrets,
                             BlockKind::kPacket});
}

TEST_CASE("what says of itself that it is shorter than a block is none") {
  CHECK_FALSE(front_block(literal("06000000 08000000 00000000")));
  CHECK_FALSE(front_block(literal("06000000 0d000000 00000000 00")));
  CHECK_FALSE(front_block({}));
}
