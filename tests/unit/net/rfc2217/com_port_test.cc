#include "net/rfc2217/com_port.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

// A client of the port, on its wire as hexadecimal digits.
struct Client {
  explicit Client(bool begins = true) {
    static_cast<void>(heard());
    if (begins) static_cast<void>(send("fffb2c"));
  }

  // What the server says by itself, or since the last call.
  std::string heard() {
    auto said = to_hex_lower(port.poll_output());
    port.handle_output_written(port.poll_output().size());
    return said;
  }
  std::string send(std::string_view digits) {
    port.handle_octets(from_hex(digits).value());
    return heard();
  }
  // One request of COM-PORT-OPTION, in its frame.
  std::string request(std::string_view digits) {
    return send("fffa2c" + std::string(digits) + "fff0");
  }

  std::string data() {
    std::string octets;
    while (const auto event = port.poll_event()) {
      if (const auto* part = std::get_if<Bytes>(&*event)) octets += as_text(*part);
    }
    return octets;
  }
  ComPortSettings settings() {
    ComPortSettings latest;
    while (const auto event = port.poll_event()) {
      if (const auto* settings = std::get_if<ComPortSettings>(&*event)) latest = *settings;
    }
    return latest;
  }

  ComPort port;
};

}  // namespace

TEST_CASE("the server offers ECHO, SGA and BINARY and asks for SGA, BINARY and COM-PORT-OPTION") {
  const ComPort port;
  CHECK(to_hex_lower(port.poll_output()) ==
        "fffb01" "fffb03" "fffd03" "fffb00" "fffd00" "fffd2c");
}

TEST_CASE("what was asked for and is agreed to needs no answer") {
  Client client(false);
  CHECK(client.send("fffd01" "fffd03" "fffb03" "fffd00" "fffb00").empty());
  // RFC 2217 §3: the modem state is told once the option is agreed to.
  CHECK(client.send("fffb2c") == "fffa2c6b00fff0");
  CHECK(client.send("fffb2c").empty());
}

TEST_CASE("what is unknown is refused, once for each time it is asked for") {
  Client client;
  CHECK(client.send("fffb18") == "fffe18");  // terminal type
  CHECK(client.send("fffd1f") == "fffc1f");  // window size
  CHECK(client.send("fffc18" "fffe1f").empty());
  // A client that echoes would send the module its own words.
  CHECK(client.send("fffb01") == "fffe01");
}

TEST_CASE("a client that asks for the option the other way round may have it so") {
  Client client;
  CHECK(client.send("fffd2c") == "fffb2c");
  CHECK(client.send("fffe2c") == "fffc2c");
}

TEST_CASE("255 is doubled in both directions") {
  Client client;
  static_cast<void>(client.send("41ffff42"));
  CHECK(client.data() == "A\xff" "B");
  CHECK(client.port.write(from_hex("41ff42").value()) == 3);
  CHECK(client.heard() == "41ffff42");
}

TEST_CASE("octets may be split anywhere") {
  Client client;
  std::string said;
  for (const auto* octet : {"ff", "fa", "2c", "01", "00", "00", "25", "80", "ff", "f0", "41"}) {
    said += client.send(octet);
  }
  CHECK(said == "fffa2c65" "00002580" "fff0");
  CHECK(client.port.poll_event().has_value());
  CHECK(client.data() == "A");
}

TEST_CASE("outside binary mode the NUL behind a carriage return is no octet of the host") {
  Client client;
  static_cast<void>(client.send("0d00"));
  CHECK(client.data() == "\r");
  static_cast<void>(client.send("fffb00" "0d00"));
  CHECK(client.data() == std::string_view("\r\0", 2));
}

TEST_CASE("SET-BAUDRATE is confirmed, 0 asks for it, and until then it is the module's") {
  Client client;
  client.port.show({.rate = 115200});
  CHECK(client.request("01" "00000000") == "fffa2c65" "0001c200" "fff0");
  CHECK_FALSE(client.settings().rate);
  CHECK(client.request("01" "00002580") == "fffa2c65" "00002580" "fff0");
  CHECK(client.settings().rate == 9600);
  CHECK(client.request("01" "00000000") == "fffa2c65" "00002580" "fff0");
  CHECK(client.request("01" "0000ff" "ff00") == "fffa2c65" "0000ffff00" "fff0");
}

TEST_CASE("data size, parity and stop size are confirmed, and what no port has is not taken") {
  Client client;
  CHECK(client.request("0207") == "fffa2c6607fff0");
  CHECK(client.request("0200") == "fffa2c6607fff0");
  CHECK(client.request("0209") == "fffa2c6607fff0");
  CHECK(client.request("0303") == "fffa2c6703fff0");
  CHECK(client.request("0306") == "fffa2c6703fff0");
  CHECK(client.request("0402") == "fffa2c6802fff0");
  CHECK(client.request("0400") == "fffa2c6802fff0");
}

TEST_CASE("SET-CONTROL drives DTR and RTS and says how they are") {
  Client client;
  CHECK(client.request("0507") == "fffa2c6908fff0");
  CHECK(client.request("0509") == "fffa2c6909fff0");
  CHECK_FALSE(client.settings().dtr);
  CHECK(client.request("050c") == "fffa2c690cfff0");
  CHECK_FALSE(client.settings().rts);
  CHECK(client.request("0507") == "fffa2c6909fff0");
  CHECK(client.request("050a") == "fffa2c690cfff0");
  CHECK(client.request("0508" "fff0" "fffa2c" "050b") == "fffa2c6908fff0" "fffa2c690bfff0");
  CHECK(client.settings() == ComPortSettings{});
}

TEST_CASE("SET-CONTROL confirms flow control in both directions") {
  Client client;
  CHECK(client.request("0500") == "fffa2c6901fff0");
  CHECK(client.request("0503") == "fffa2c6903fff0");
  CHECK(client.request("0500") == "fffa2c6903fff0");
  CHECK(client.request("050d") == "fffa2c690efff0");
  CHECK(client.request("0510") == "fffa2c6910fff0");
}

TEST_CASE("a break is an event when it begins, by SET-CONTROL or by Telnet's own") {
  Client client;
  const auto breaks = [&] {
    int count = 0;
    while (const auto event = client.port.poll_event()) {
      if (std::holds_alternative<ComPortBreak>(*event)) ++count;
    }
    return count;
  };
  CHECK(client.request("0504") == "fffa2c6906fff0");
  CHECK(client.request("0505") == "fffa2c6905fff0");
  CHECK(breaks() == 1);
  CHECK(client.request("0505") == "fffa2c6905fff0");
  CHECK(breaks() == 0);
  CHECK(client.request("0506") == "fffa2c6906fff0");
  static_cast<void>(client.send("fff3"));
  CHECK(breaks() == 1);
}

TEST_CASE("what a client does comes in the order in which it has done it") {
  Client client;
  static_cast<void>(client.send("41" "fffa2c0509fff0" "42"));
  CHECK(std::holds_alternative<Bytes>(client.port.poll_event().value()));
  CHECK(std::holds_alternative<ComPortSettings>(client.port.poll_event().value()));
  CHECK(std::holds_alternative<Bytes>(client.port.poll_event().value()));
  CHECK_FALSE(client.port.poll_event());
}

TEST_CASE("the module's circuits are told with what has changed") {
  Client client;
  client.port.show({.cts = true, .dsr = true});
  CHECK(client.heard() == "fffa2c6b" "33" "fff0");
  client.port.show({.cts = true, .dsr = true});
  CHECK(client.heard().empty());
  client.port.show({.cts = true, .dsr = true, .ri = true});
  CHECK(client.heard() == "fffa2c6b" "70" "fff0");
  client.port.show({.cts = true, .dsr = true});
  CHECK(client.heard() == "fffa2c6b" "34" "fff0");
  client.port.show({.cts = true, .dsr = true, .dcd = true});
  CHECK(client.heard() == "fffa2c6b" "b8" "fff0");
}

TEST_CASE("nothing is told before the option is agreed to, and then what is so") {
  Client client(false);
  client.port.show({.dsr = true});
  CHECK(client.heard().empty());
  CHECK(client.send("fffb2c") == "fffa2c6b" "20" "fff0");
}

TEST_CASE("a client that uses the option has agreed to it") {
  Client client(false);
  client.port.show({.dsr = true});
  CHECK(client.request("0507") == "fffa2c6b20fff0" "fffa2c6908fff0");
  CHECK(client.request("0507") == "fffa2c6908fff0");
}

TEST_CASE("a mask keeps back what a client does not want to know") {
  Client client;
  CHECK(client.request("0b80") == "fffa2c6f80fff0");
  client.port.show({.cts = true, .ri = true});
  CHECK(client.heard().empty());
  CHECK(client.request("0b88") == "fffa2c6f88fff0");
  client.port.show({.dcd = true});
  CHECK(client.heard() == "fffa2c6b" "88" "fff0");
}

TEST_CASE("a line state mask is confirmed, and an empty transmitter told at once") {
  Client client;
  CHECK(client.request("0a0f") == "fffa2c6e0ffff0");
  CHECK(client.request("0a40") == "fffa2c6e40fff0" "fffa2c6a40fff0");
}

TEST_CASE("purging is confirmed, and a signature given where it is asked for") {
  Client client;
  CHECK(client.request("0c01") == "fffa2c7001fff0");
  CHECK(client.request("00") == "fffa2c64" "766d6f64656d" "fff0");
  CHECK(client.request("00" "6d65").empty());
}

TEST_CASE("a client that has suspended the flow is sent none of the port's octets") {
  Client client;
  CHECK(client.request("08").empty());
  CHECK(client.port.is_suspended());
  CHECK(client.port.write(as_bytes("x")) == 0);
  CHECK(client.request("0402") == "fffa2c6802fff0");
  static_cast<void>(client.request("09"));
  CHECK(client.port.write(as_bytes("x")) == 1);
}

TEST_CASE("a client that never reads is held to a bound") {
  ComPort port;
  std::size_t taken = 0;
  const Bytes octets(1000, 0xff);
  while (const auto count = port.write(octets)) taken += count;
  CHECK(taken < ComPort::kOutputMax);
  CHECK_FALSE(port.has_room());
  CHECK(port.poll_output().size() < ComPort::kOutputMax + 2 * octets.size());
}

TEST_CASE("a client that never reads is told of the circuits when it does") {
  Client client;
  while (client.port.write(Bytes(1000, 'x')) > 0) continue;
  const auto waiting = client.port.poll_output().size();
  for (int i = 0; i < 1000; ++i) client.port.show({.dsr = true, .ri = i % 2 == 0});
  CHECK(client.port.poll_output().size() == waiting);
  static_cast<void>(client.heard());
  client.port.show({.dsr = true});
  CHECK(client.heard() == "fffa2c6b" "22" "fff0");
}

TEST_CASE("a suboption without an end, of another option or cut short changes nothing") {
  Client client;
  CHECK(client.send("fffa2c" + std::string(2000, '0') + "fff0").empty());
  CHECK(client.send("fffa18" "01" "fff0").empty());
  CHECK(client.send("fffafff0" "fffa2cfff0").empty());
  CHECK(client.request("01" "0000").empty());
  CHECK(client.request("05").empty());
  CHECK(client.request("63" "00").empty());
  CHECK(client.send("fff1" "fff6").empty());
  CHECK_FALSE(client.port.poll_event());
}
