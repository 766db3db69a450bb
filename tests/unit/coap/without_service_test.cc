// qcoap.md §3 and §7: what the six clients say without registration.
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr NetworkStage kSearching{.coverage = Coverage::kSearching};
constexpr NetworkStage kDenied{.coverage = Coverage::kDenied};
constexpr NetworkStage kUnknown{.coverage = Coverage::kUnknown};
constexpr NetworkStage kRoaming{.coverage = Coverage::kRoaming};

std::string open_session(ModemFixture& module) {
  return module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
}

}  // namespace

TEST_CASE("An open answers -4 without registration and 0 with it") {
  ModemFixture module;
  for (const auto& stage : {kSearching, kDenied, kLost, kUnknown}) {
    CAPTURE(static_cast<int>(stage.coverage));
    module.change_network(stage);
    CHECK(open_session(module) == framed("OK", "+QCOAPOPEN: 0,-4"));
    CHECK(module.transports.empty());
  }
  module.change_network(kRoaming);
  CHECK(open_session(module) == framed("OK", "+QCOAPOPEN: 0,0"));
}

TEST_CASE("An open on a detached module answers -4") {
  ModemFixture module;
  module.at("+CGATT=0");
  CHECK(open_session(module) == framed("OK", "+QCOAPOPEN: 0,-4"));
}

TEST_CASE("A message without registration answers -4 and the session stands") {
  ModemFixture module;
  open_session(module);
  module.at("+QCOAPHEADER=0,1234,0");
  module.change_network(kLost);
  CHECK(module.at("+QCOAPSEND=0,0,1,0,0") == framed("OK", "+QCOAPACK: 0,0,1234,-4"));
  CHECK(module.at("+QCOAPSEND=0,1,1,0,2") == "\r\n> ");
  CHECK(module.send("hi") == framed("OK", "+QCOAPACK: 0,1,1235,-4"));
  CHECK(module.at("+QCOAPOPEN?") == framed("+QCOAPOPEN: 0,\"127.0.0.1\",5683,3", "OK"));
  CHECK(module.datagrams.empty());

  module.change_network(Recovery{});
  CHECK(module.at("+QCOAPSEND=0,1,1,0,0") == framed("OK", "+QCOAPACK: 0,1,1236,0"));
  CHECK(module.datagrams.size() == 1);
}

TEST_CASE("An exchange in flight goes on over a loss of coverage") {
  ModemConfig config;
  config.dialect.ack_random_factor = 1.0;
  ModemFixture module(config);
  open_session(module);
  module.at("+QCOAPHEADER=0,1234,0");
  CHECK(module.at("+QCOAPSEND=0,0,1,0,0") == framed("OK"));
  module.change_network(kLost);
  CHECK(module.run_until(Instant(7s)) == framed("+QCOAPIND: 0,0,1234,1,-11"));
  CHECK(module.datagrams.size() == 1);

  module.change_network(Recovery{});
  CHECK(module.run_until(Instant(14s)) == framed("+QCOAPIND: 0,0,1234,2,-11"));
  CHECK(module.datagrams.size() == 2);
  CHECK(module.receive(std::string_view("\x60\x00\x04\xd2", 4)) ==
        framed("+QCOAPIND: 0,0,1234,3,0", "+QCOAPACK: 0,0,1234,0"));
}

TEST_CASE("Nothing arrives while the registration is gone") {
  ModemFixture module;
  open_session(module);
  module.at("+QCOAPHEADER=0,1234,0");
  module.at("+QCOAPSEND=0,0,1,0,0");
  module.change_network(kLost);
  CHECK(module.receive(std::string_view("\x60\x00\x04\xd2", 4)).empty());
}

TEST_CASE("A network that refuses the module ends its sessions") {
  ModemFixture module;
  open_session(module);
  module.at("+QCOAPHEADER=0,1234,0");
  module.at("+QCOAPSEND=0,0,1,0,0");
  CHECK(module.change_network(kDenied) ==
        framed("+QIURC: \"pdpdeact\",1", "+QCOAPACK: 0,0,1234,-11", "+QCOAPCLOSE: 0,-4"));
}

TEST_CASE("A network that refuses the module ends an open in progress with -4") {
  ModemFixture module;
  module.modem->handle_serial(module.now, as_bytes("AT+QCOAPOPEN=0,\"127.0.0.1\",5683\r"));
  CHECK(module.change_network(kDenied) ==
        framed("OK", "+QIURC: \"pdpdeact\",1", "+QCOAPOPEN: 0,-4"));
  CHECK(module.at("+QCOAPOPEN?") == framed("OK"));
}

TEST_CASE("A detach by the host ends its sessions after the OK") {
  ModemFixture module;
  open_session(module);
  CHECK(module.at("+CGATT=0") == framed("OK", "+QCOAPCLOSE: 0,-4"));
}

}  // namespace vmodem::firmware
