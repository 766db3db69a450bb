#include "firmware/journal/capture/capture_writer.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::journal;
using capture::BlockKind;

namespace {

constexpr CalendarTime kStart = CalendarTime(std::chrono::hours(24));

// A writer whose section header and common interfaces have been taken.
class Bench {
 public:
  Bench() { static_cast<void>(writer.take_octets()); }

  // What one more event adds.
  std::string hex_of(Event event) {
    ++number_;
    writer.handle({number_, Instant(1s), 0, std::move(event)});
    return to_hex_lower(writer.take_octets());
  }
  // The same by the kinds of its blocks.
  std::vector<BlockKind> kinds_of(Event event) {
    ++number_;
    writer.handle({number_, Instant(1s), 0, std::move(event)});
    return kinds_in(writer.take_octets());
  }
  static std::vector<BlockKind> kinds_in(const Bytes& octets) {
    std::vector<BlockKind> kinds;
    ByteView rest(octets);
    while (const auto block = capture::front_block(rest)) {
      kinds.push_back(block->kind);
      rest = rest.subspan(block->octets.size());
    }
    CHECK(rest.empty());
    return kinds;
  }

  CaptureWriter writer{kStart};

 private:
  Number number_ = 0;
};

DatagramUp datagram_up(const char* local = "100.64.0.2:49152") {
  return {1, "simulated", net::parse_endpoint(local).value(),
          net::parse_endpoint("220.180.239.212:5683").value(), from_hex("400104d2").value()};
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string hex(std::string_view text) {
  return to_hex_lower(as_bytes(text));
}

}  // namespace

TEST_CASE("a capture begins with its section and the interfaces that are always there") {
  CaptureWriter writer(kStart);
  CHECK(Bench::kinds_in(writer.take_octets()) ==
        std::vector{BlockKind::kSection, BlockKind::kInterface, BlockKind::kInterface,
                    BlockKind::kInterface});
  CHECK(writer.take_octets().empty());
}

TEST_CASE("a command line is sent on the first interface, under its number in the journal") {
  CHECK(Bench().hex_of(LineCommand{"AT"}) ==
        "06000000"
        "48000000"
        "00000000"
        // 1970-01-02T00:00:01Z in nanoseconds
        "944e0000"
        "00cae9cc"
        "0f000000"
        "0f000000"
        "000c000461740000"
        "00000000"
        "41540d"
        "00"
        "02000400"
        "02000000"
        "05000800"
        "0100000000000000"
        "00000000"
        "48000000");
}

TEST_CASE("what the module says is received, without its framing but with a line end") {
  Bench bench;
  CHECK(contains(bench.hex_of(LineAnswer{"+CSQ: 20,0"}), hex("+CSQ: 20,0\r\n")));
  CHECK(contains(bench.hex_of(LineResult{"OK"}), hex("OK\r\n")));
  CHECK(contains(bench.hex_of(LinePrompt{">"}), hex(">")));
  const auto urc = bench.hex_of(LineUrc{"+QCOAPOPEN: 0,0", 0});
  CHECK(contains(urc, hex("+QCOAPOPEN: 0,0\r\n")));
  CHECK(contains(urc, "0200040001000000"));
}

TEST_CASE("an echo says nothing new") {
  CHECK(Bench().hex_of(LineEcho{3}).empty());
  CHECK(Bench().hex_of(DtlsFlight{0, "up", "ClientHello", 90}).empty());
}

TEST_CASE("a message of a client stands in plain text as it was encoded") {
  const auto packet = Bench().hex_of(CoapSent{.client = 2,
                                              .type = "CON",
                                              .code = "0.01",
                                              .message_id = 1234,
                                              .token = from_hex("d204").value(),
                                              .options = {{11, to_bytes("19")}},
                                              .payload = to_bytes("x"),
                                              .timeout = {}});
  CHECK(contains(packet,
                 "01000000"
                 "944e0000"));  // on the second interface
  CHECK(contains(packet,
                 "00190004"
                 "0000c002"
                 "001a0004"
                 "00001633"));
  CHECK(contains(packet,
                 "00000000"
                 "420104d2"
                 "d204"
                 "b23139"
                 "ff78"));
}

TEST_CASE("a retransmission is the message again, with a comment") {
  Bench bench;
  static_cast<void>(bench.hex_of(CoapSent{0, "CON", "0.01", 1234, {}, {}, {}, 2s}));
  const auto again = bench.hex_of(CoapRetransmitted{0, 1234, 1, 4s});
  CHECK(contains(again, "400104d2"));
  CHECK(contains(again, hex("retransmission 1")));

  const auto unknown = bench.hex_of(CoapRetransmitted{1, 1234, 1, 4s});
  CHECK_FALSE(contains(unknown, "400104d2"));
  CHECK(contains(unknown, hex("retransmission 1")));
}

TEST_CASE("a received message comes from the peer") {
  const auto packet =
      Bench().hex_of(CoapReceived{0, "ACK", "2.05", 1234, {}, {}, to_bytes("hi"), {}});
  CHECK(contains(packet, "604504d2ff6869"));
  CHECK(contains(packet,
                 "00190004"
                 "00001633"
                 "001a0004"
                 "0000c000"));
}

TEST_CASE("a datagram goes over the interface of the one active context") {
  Bench bench;
  static_cast<void>(bench.hex_of(PacketContext{3, "active", ""}));
  const auto first = bench.hex_of(datagram_up());
  CHECK(contains(first, hex("pdp3")));
  CHECK(contains(first,
                 "45000020"
                 "00004000"));
  CHECK(contains(first, "c0001633000c"));
  CHECK(contains(first, "400104d2"));

  CHECK(bench.kinds_of(datagram_up()) == std::vector{BlockKind::kPacket});
}

TEST_CASE("with two active contexts nobody says which one it is") {
  Bench bench;
  static_cast<void>(bench.hex_of(PacketContext{1, "active", ""}));
  static_cast<void>(bench.hex_of(PacketContext{2, "active", ""}));
  CHECK(contains(bench.hex_of(datagram_up()), hex("not known which")));
  static_cast<void>(bench.hex_of(PacketContext{2, "inactive", "by the host"}));
  CHECK(contains(bench.hex_of(datagram_up()), hex("pdp1")));
}

TEST_CASE("where only the real network knows an end, an address of nobody stands for it") {
  Bench bench;
  const DatagramUp plain{7, "real", {}, {}, from_hex("400104d2").value()};
  CHECK(contains(bench.hex_of(plain),
                 "c0000201"
                 "c6336401"
                 "c007"
                 "1633"));
  const DatagramDown dtls{7, "real", {}, {}, from_hex("17fefd0001").value()};
  CHECK(contains(bench.hex_of(dtls),
                 "c6336401"
                 "c0000201"
                 "1634"
                 "c007"));
}

TEST_CASE("secrets go into a block of their own, before what they decrypt") {
  Bench bench;
  const auto block = bench.hex_of(DtlsKeys{0, {"CLIENT_RANDOM 00 11"}});
  CHECK(block ==
        "0a000000"
        "28000000"
        "4b534c54"
        "14000000" +
            hex("CLIENT_RANDOM 00 11\n") + "28000000");
}

TEST_CASE("what has no packet is a comment, and is shown as a text") {
  LinkLost lost;
  static_cast<LinkEffect&>(lost) = {"uplink", 3, 40, "is lost: no coverage"};
  const auto packet = Bench().hex_of(lost);
  const auto text = hex("link: uplink datagram 3 of 40 octets is lost: no coverage");
  CHECK(contains(packet, hex("syslog")));
  const auto first = packet.find(text);
  REQUIRE(first != std::string::npos);
  CHECK(contains(std::string_view(packet).substr(first + 2), text));
}

TEST_CASE("a comment is text whatever its words hold") {
  const auto packet = Bench().hex_of(NameAsked{"a\xFF\n"});
  CHECK(contains(packet, hex("a\\xFF\\x0A")));
}

TEST_CASE("another reader gets the interfaces and secrets that there are") {
  Bench bench;
  static_cast<void>(bench.hex_of(PacketContext{1, "active", ""}));
  static_cast<void>(bench.hex_of(datagram_up()));
  static_cast<void>(bench.hex_of(DtlsKeys{0, {"CLIENT_RANDOM 00 11"}}));
  bench.writer.begin_section();
  CHECK(Bench::kinds_in(bench.writer.take_octets()) ==
        std::vector{BlockKind::kSection, BlockKind::kInterface, BlockKind::kInterface,
                    BlockKind::kInterface, BlockKind::kInterface, BlockKind::kSecrets});
}

TEST_CASE("secrets are kept for another reader within a bound") {
  Bench bench;
  for (std::size_t i = 0; i < CaptureWriter::kSecretsMax + 3; ++i) {
    static_cast<void>(bench.hex_of(DtlsKeys{0, {"CLIENT_RANDOM " + std::to_string(i)}}));
  }
  bench.writer.begin_section();
  const auto kinds = Bench::kinds_in(bench.writer.take_octets());
  CHECK(std::ranges::count(kinds, BlockKind::kSecrets) == CaptureWriter::kSecretsMax);
}

TEST_CASE("the capture says how many of its blocks are lost") {
  Bench bench;
  bench.writer.handle_lost(12);
  CHECK(contains(to_hex_lower(bench.writer.take_octets()), hex("12 blocks of this capture")));
}
