#include "firmware/packet/events.h"

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr NetworkStage kDeniedStage{.coverage = Coverage::kDenied};

void open_session(ModemFixture& module) {
  REQUIRE(module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683") == framed("OK", "+QCOAPOPEN: 0,0"));
}

}  // namespace

TEST_CASE("AT+CGATT detaches, and in LTE that ends the registration") {
  ModemFixture module;
  CHECK(module.at("+CGATT=?") == framed("+CGATT: (0,1)", "OK"));
  CHECK(module.at("+CGATT?") == framed("+CGATT: 1", "OK"));
  CHECK(module.at("+CGATT=1") == framed("OK"));
  module.at("+CREG=1;+CEREG=1");
  CHECK(module.at("+CGATT=0") == framed("OK", "+CREG: 0", "+CEREG: 0"));
  CHECK(module.at("+CGATT?") == framed("+CGATT: 0", "OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 0", "OK"));
  CHECK(module.at("+CGATT=0") == framed("OK"));
  CHECK(module.at("+CGATT=1") == framed("OK", "+CREG: 1", "+CEREG: 1"));
}

TEST_CASE("In GSM a module that detaches stays in the circuit domain") {
  ModemFixture module;
  module.at("+COPS=1,2,\"46001\",0;+CREG=1;+CGREG=1");
  CHECK(module.at("+CGATT=0") == framed("OK", "+CGREG: 0"));
  CHECK(module.at("+CREG?") == framed("+CREG: 1,1", "OK"));
}

TEST_CASE("AT+CGATT=1 tells why it cannot attach") {
  ModemFixture module;
  module.at("+CGATT=0");
  module.change_network(kLost);
  CHECK(module.at("+CGATT=1") == framed("+CME ERROR: 30"));
  module.change_network(kDeniedStage);
  CHECK(module.at("+CGATT=1") == framed("+CME ERROR: 32"));
}

TEST_CASE("A module that only lost its cell stays attached") {
  ModemFixture module;
  module.change_network(kLost);
  CHECK(module.at("+CGATT?") == framed("+CGATT: 1", "OK"));
  module.change_network(kDeniedStage);
  CHECK(module.at("+CGATT?") == framed("+CGATT: 0", "OK"));
}

TEST_CASE("Values that AT+CGATT, AT+CGEREP and AT+QCSCON do not know are errors") {
  ModemFixture module;
  for (const auto* line :
       {"+CGATT", "+CGATT=", "+CGATT=2", "+CGATT=1,1", "+CGATT=\"1\"", "+CGEREP=", "+CGEREP=3",
        "+CGEREP=1,2", "+CGEREP=1,1,1", "+QCSCON", "+QCSCON=", "+QCSCON=2", "+QCSCON=1,1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("AT+CGEREP keeps its mode until power-off") {
  ModemFixture module;
  CHECK(module.at("+CGEREP=?") == framed("+CGEREP: (0-2),(0,1)", "OK"));
  CHECK(module.at("+CGEREP?") == framed("+CGEREP: 0,0", "OK"));
  CHECK(module.at("+CGEREP=2,1") == framed("OK"));
  CHECK(module.at("+CGEREP?") == framed("+CGEREP: 2,1", "OK"));
  CHECK(module.at("+CGEREP=1") == framed("OK"));
  CHECK(module.at("+CGEREP?") == framed("+CGEREP: 1,0", "OK"));
  CHECK(module.at("+CGEREP") == framed("OK"));
  CHECK(module.at("+CGEREP?") == framed("+CGEREP: 0,0", "OK"));
  module.at("+CGEREP=2");
  module.boot();
  CHECK(module.at("+CGEREP?") == framed("+CGEREP: 0,0", "OK"));
}

TEST_CASE("+CGEV tells who has ended the packet service") {
  ModemFixture module;
  module.at("+CGEREP=2");
  CHECK(module.at("+CGATT=0") == framed("OK", "+CGEV: ME DETACH"));
  CHECK(module.at("+CGATT=1") == framed("OK"));
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(kDeniedStage) == framed("+CGEV: NW DETACH"));
}

TEST_CASE("Mode 0 keeps events back; a later mode prints or forgets them") {
  ModemFixture module;
  module.at("+CGATT=0;+CGATT=1");
  CHECK(module.at("+CGEREP=1,1") == framed("OK", "+CGEV: ME DETACH"));
  CHECK(module.at("+CGEREP=0;+CGATT=0;+CGATT=1") == framed("OK"));
  CHECK(module.at("+CGEREP=1,0") == framed("OK"));
  CHECK(module.at("+CGEREP=1,1") == framed("OK"));
}

TEST_CASE("Of events that nobody asked for only the latest are kept") {
  ModemFixture module;
  for (std::size_t i = 0; i <= PacketEvents::kBufferedMax; ++i) {
    module.change_network(kDeniedStage);
    module.change_network(Recovery{});
  }
  module.at("+CGATT=0");
  std::string expected = framed("OK");
  for (std::size_t i = 1; i < PacketEvents::kBufferedMax; ++i) {
    expected += framed("+CGEV: NW DETACH");
  }
  CHECK(module.at("+CGEREP=2,1") == expected + framed("+CGEV: ME DETACH"));
}

TEST_CASE("+QCSCON tells of the radio connection around an exchange") {
  ModemFixture module;
  open_session(module);
  module.run_until(Instant(20s));
  CHECK(module.at("+QCSCON=?") == framed("+QCSCON: (0,1)", "OK"));
  CHECK(module.at("+QCSCON?") == framed("+QCSCON: 0,0", "OK"));
  CHECK(module.at("+QCSCON=1") == framed("OK"));
  CHECK(module.at("+QCOAPHEADER=0,1234,0") == framed("OK"));
  CHECK(module.at("+QCOAPSEND=0,1,1,0,0") == framed("OK", "+QCSCON: 1,1", "+QCOAPACK: 0,1,1234,0"));
  CHECK(module.at("+QCSCON?") == framed("+QCSCON: 1,1", "OK"));
  CHECK(module.run_until(Instant(29999ms)).empty());
  CHECK(module.run_until(Instant(30s)) == framed("+QCSCON: 1,0"));
  CHECK(module.at("+QCSCON?") == framed("+QCSCON: 1,0", "OK"));
}

TEST_CASE("Traffic of either direction holds the radio connection") {
  ModemFixture module;
  open_session(module);
  module.at("+QCSCON=1");
  module.at("+QCOAPSEND=0,1,1,0,0");
  module.run_until(Instant(6s));
  module.receive("\x70");
  CHECK(module.run_until(Instant(15999ms)).empty());
  CHECK(module.run_until(Instant(16s)) == framed("+QCSCON: 1,0"));
}

TEST_CASE("The radio connection ends with the registration") {
  ModemFixture module;
  open_session(module);
  module.at("+QCSCON=1");
  module.at("+QCOAPSEND=0,1,1,0,0");
  CHECK(module.change_network(kLost) == framed("+QCSCON: 1,0"));
  CHECK(module.run_for(60s).empty());
}

TEST_CASE("Attach and detach need a radio connection") {
  ModemFixture module;
  CHECK(module.at("+QCSCON=1;+CEREG=1") == framed("OK"));
  CHECK(module.at("+CGATT=1") == framed("OK"));
  CHECK(module.at("+CGATT=0") == framed("OK", "+QCSCON: 1,1", "+QCSCON: 1,0", "+CEREG: 0"));
  CHECK(module.at("+CGATT=0") == framed("OK"));
  CHECK(module.at("+CGATT=1") == framed("OK", "+QCSCON: 1,1", "+CEREG: 1"));
  CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
}

TEST_CASE("Registration needs a radio connection") {
  ModemFixture module;
  module.at("+QCSCON=1");
  CHECK(module.at("+CFUN=4") == framed("OK", "+QCSCON: 1,1", "+QCSCON: 1,0"));
  CHECK(module.at("+CFUN=1") == framed("OK", "+QCSCON: 1,1"));
  CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
  CHECK(module.at("+COPS=2") == framed("OK", "+QCSCON: 1,1", "+QCSCON: 1,0"));
  CHECK(module.at("+COPS=0") == framed("OK", "+QCSCON: 1,1"));
}

TEST_CASE("A new area is told to the network, the one that it knows is not") {
  ModemFixture module;
  module.at("+QCSCON=1");
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(Recovery{}).empty());
  CHECK(module.change_network(Cell{.id = "A1B2"}).empty());
  CHECK(module.change_network(Cell{.area_code = "0102"}) == framed("+QCSCON: 1,1"));
  CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
  CHECK(module.at("+COPS=1,2,\"46001\",9") == framed("OK", "+QCSCON: 1,1"));
  CHECK(module.change_network(kDeniedStage) == framed("+QCSCON: 1,0"));
}

TEST_CASE("PDP contexts come and go over a radio connection") {
  ModemFixture module;
  module.at("+QCSCON=1;+CGDCONT=1,\"IP\",\"iot\"");
  for (const auto* line : {"+QIACT=1", "+QIDEACT=1", "+CGACT=1,1", "+CGACT=0,1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("OK", "+QCSCON: 1,1"));
    CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
  }
  CHECK(module.at("+QIDEACT=1") == framed("OK"));
  CHECK(module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683") ==
        framed("OK", "+QCSCON: 1,1", "+QCOAPOPEN: 0,0"));
  CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
  CHECK(module.drop_pdp_context(1) ==
        framed("+QIURC: \"pdpdeact\",1", "+QCOAPCLOSE: 0,-4", "+QCSCON: 1,1"));
}

TEST_CASE("The network's late answer to an activation is an exchange too") {
  ModemConfig config;
  config.pdp.activation_time = 15s;
  ModemFixture module(config);
  module.at("+QCSCON=1;+CGDCONT=1,\"IP\",\"iot\"");
  CHECK(module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683") == framed("OK", "+QCSCON: 1,1"));
  CHECK(module.run_until(Instant(10s)) == framed("+QCSCON: 1,0"));
  CHECK(module.run_until(Instant(15s)) == framed("+QCSCON: 1,1", "+QCOAPOPEN: 0,0"));
}

TEST_CASE("Power saving is agreed upon over a radio connection") {
  ModemFixture module;
  module.at("+QCSCON=1");
  for (const auto* line : {"+CPSMS=1", "+CPSMS=", "+CEDRXS=1,4,\"0001\"", "+CEDRXS=0"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("OK", "+QCSCON: 1,1"));
    CHECK(module.run_for(10s) == framed("+QCSCON: 1,0"));
  }
  CHECK(module.at("+CEDRXS=2,4,\"0001\"") ==
        framed("OK", "+QCSCON: 1,1", "+CEDRXP: 4,\"0001\",\"0001\",\"0011\""));
}

}  // namespace vmodem::firmware
