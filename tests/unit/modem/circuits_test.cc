#include "firmware/circuits/circuits.h"

#include <variant>

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

using namespace vmodem;
using namespace vmodem::firmware;

namespace {

constexpr HostCircuits kReady{.are_wired = true};
constexpr HostCircuits kDtrOff{.are_wired = true, .dtr = false};

// A module whose host has circuits.
struct WiredModule : ModemFixture {
  WiredModule() { drive(kReady); }

  std::string drive(const HostCircuits& circuits) {
    modem->handle_circuits(now, circuits);
    return read();
  }
  // A data mode that CONNECT opens, with three of its five octets.
  void upload() {
    REQUIRE(at("+QFUPL=\"a\",5,60") == framed("CONNECT"));
    REQUIRE(send("abc").empty());
  }
};

}  // namespace

TEST_CASE("a module that is on is ready, and has no carrier outside data mode") {
  WiredModule module;
  CHECK(module.modem->circuits() ==
        ModuleCircuits{.dsr = true, .cts = true, .dcd = false, .ri = false, .rate = 115200});
  module.upload();
  CHECK(module.modem->circuits().dcd);
  CHECK(module.send("de") == framed("+QFUPL: 5,6706", "OK"));
  CHECK_FALSE(module.modem->circuits().dcd);
}

TEST_CASE("AT&C0 keeps DCD on") {
  WiredModule module;
  CHECK(module.at("&C0") == framed("OK"));
  CHECK(module.modem->circuits().dcd);
  CHECK(module.at("&C1") == framed("OK"));
  CHECK_FALSE(module.modem->circuits().dcd);
}

TEST_CASE("a module without power drives nothing") {
  WiredModule module;
  module.modem->cut_power(module.now);
  CHECK(module.modem->circuits() == ModuleCircuits{.rate = 115200});
}

TEST_CASE("a drop of DTR hangs up, goes to command mode, or is ignored, as AT&D says") {
  WiredModule module;
  SECTION("AT&D2, as after power-on") {
    module.upload();
    CHECK(module.drive(kDtrOff) == framed("NO CARRIER"));
    CHECK(module.at("+QFLST=\"a\"") == framed("+QFLST: \"a\",3", "OK"));
  }
  SECTION("AT&D1: as by +++, and what has arrived stays") {
    REQUIRE(module.at("&D1") == framed("OK"));
    module.upload();
    CHECK(module.drive(kDtrOff) == framed("OK"));
    CHECK(module.at("+QFLST=\"a\"") == framed("+QFLST: \"a\",3", "OK"));
  }
  SECTION("AT&D0") {
    REQUIRE(module.at("&D0") == framed("OK"));
    module.upload();
    CHECK(module.drive(kDtrOff).empty());
    CHECK(module.send("de") == framed("+QFUPL: 5,6706", "OK"));
  }
}

TEST_CASE("DTR that drops outside data mode, or comes on, does nothing") {
  WiredModule module;
  CHECK(module.drive(kDtrOff).empty());
  CHECK(module.at("") == framed("OK"));
  CHECK(module.drive(kReady).empty());
  CHECK(module.at("") == framed("OK"));
}

TEST_CASE("a prompt is no data mode that DTR ends") {
  WiredModule module;
  REQUIRE(module.at("+QCOAPOPEN=0,\"220.180.239.212\",5683").starts_with(framed("OK")));
  CHECK(module.at("+QCOAPSEND=0,0,1,1,5") == "\r\n> ");
  CHECK(module.drive(kDtrOff).empty());
  CHECK(module.send("hello").starts_with(framed("OK")));
}

TEST_CASE("RTS that is off holds the output where AT+IFC says so") {
  WiredModule module;
  module.drive({.are_wired = true, .rts = false});
  CHECK_FALSE(module.modem->is_output_held());
  CHECK(module.at("+IFC=2,2") == framed("OK"));
  CHECK(module.modem->is_output_held());
  module.drive(kReady);
  CHECK_FALSE(module.modem->is_output_held());
}

TEST_CASE("CTS goes off where the module has no room, with AT+IFC alone") {
  WiredModule module;
  REQUIRE(module.at("+IFC=2,2") == framed("OK"));
  CHECK(module.modem->circuits().cts);
  // A command that waits for the network keeps what follows it in its queue.
  REQUIRE(module.at("+QICSGP=2,1,\"x\"") == framed("OK"));
  module.modem->delay_pdp_contexts(module.now, 60s);
  module.modem->handle_serial(module.now, as_bytes("AT+QIACT=2\r"));
  static_cast<void>(module.read());
  while (module.modem->serial_room() > 0) {
    const std::string octets(std::min<std::size_t>(module.modem->serial_room(), 200), '\r');
    module.modem->handle_serial(module.now, as_bytes(octets));
  }
  CHECK_FALSE(module.modem->circuits().cts);
}

TEST_CASE("with AT+QSCLK=1 the module sleeps while DTR is off, and what the host sends is lost") {
  WiredModule module;
  REQUIRE(module.at("+QSCLK=1") == framed("OK"));
  CHECK(module.at("") == framed("OK"));
  module.drive(kDtrOff);
  CHECK(module.at("").empty());
  CHECK(module.modem->snapshot(module.now).line.is_asleep);
  module.drive(kReady);
  CHECK(module.at("") == framed("OK"));
  REQUIRE(module.at("+QSCLK=0") == framed("OK"));
  module.drive(kDtrOff);
  CHECK(module.at("") == framed("OK"));
}

TEST_CASE("a URC comes with a pulse of RI, as long and as often as AT+QCFG says") {
  WiredModule module;
  const auto urc = [&] {
    REQUIRE(module.modem->post_urc(module.now, {"+TEST: 1", {}}));
    REQUIRE(module.read() == framed("+TEST: 1"));
  };
  SECTION("120 ms, once") {
    urc();
    CHECK(module.modem->circuits().ri);
    module.run_for(119ms);
    CHECK(module.modem->circuits().ri);
    module.run_for(1ms);
    CHECK_FALSE(module.modem->circuits().ri);
  }
  SECTION("twice") {
    REQUIRE(module.at("+QCFG=\"urc/ri/other\",\"pulse\",50,2") == framed("OK"));
    urc();
    module.run_for(60ms);
    CHECK_FALSE(module.modem->circuits().ri);
    module.run_for(50ms);
    CHECK(module.modem->circuits().ri);
    module.run_for(50ms);
    CHECK_FALSE(module.modem->circuits().ri);
  }
  SECTION("off") {
    REQUIRE(module.at("+QCFG=\"urc/ri/other\",\"off\"") == framed("OK"));
    urc();
    CHECK_FALSE(module.modem->circuits().ri);
  }
  SECTION("for another port, at the physical circuit alone") {
    REQUIRE(module.at("+QURCCFG=\"urcport\",\"usbmodem\"") == framed("OK"));
    urc();
    CHECK_FALSE(module.modem->circuits().ri);
    REQUIRE(module.at("+QCFG=\"risignaltype\",\"physical\"") == framed("OK"));
    urc();
    CHECK(module.modem->circuits().ri);
  }
  SECTION("ended by AT+QRIR") {
    urc();
    CHECK(module.at("+QRIR") == framed("OK"));
    CHECK_FALSE(module.modem->circuits().ri);
  }
}

TEST_CASE("with urc/delay a URC waits for the end of its pulse") {
  WiredModule module;
  REQUIRE(module.at("+QCFG=\"urc/delay\",1") == framed("OK"));
  REQUIRE(module.modem->post_urc(module.now, {"+TEST: 1", {}}));
  CHECK(module.read().empty());
  CHECK(module.modem->circuits().ri);
  CHECK(module.run_for(119ms).empty());
  CHECK(module.run_for(1ms) == framed("+TEST: 1"));
  CHECK_FALSE(module.modem->circuits().ri);
}

TEST_CASE("a host without circuits has no timers from them") {
  ModemFixture module;
  REQUIRE(module.modem->post_urc(module.now, {"+TEST: 1", {}}));
  REQUIRE(module.read() == framed("+TEST: 1"));
  CHECK_FALSE(module.modem->circuits().ri);
  CHECK_FALSE(module.modem->poll_timeout());
}

TEST_CASE("AT+IPR counts behind its result") {
  WiredModule module;
  module.modem->handle_serial(module.now, as_bytes("AT+IPR=9600\r"));
  while (module.modem->poll_action()) continue;
  CHECK(module.modem->circuits().rate == 115200);
  CHECK(module.read() == framed("OK"));
  CHECK(module.modem->circuits().rate == 9600);
}
