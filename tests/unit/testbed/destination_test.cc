// Where a destination leads, and what the link does to the real network's datagrams.
#include "firmware/testbed/steering.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;
using firmware::CancelQuery;
using firmware::CloseTransport;
using firmware::OpenTransport;
using firmware::Query;
using firmware::SendDatagram;

namespace {

TestbedConfig routed(std::string_view from) {
  auto config = Bench::config();
  CHECK(config.routes.add(from, "127.0.0.1:9999").has_value());
  return config;
}

TestbedConfig reaching_host() {
  auto config = Bench::config();
  config.reaches_host = true;
  return config;
}

std::string open(Bench& bench, std::string_view host, int port = 5683) {
  return bench.at("+QCOAPOPEN=0,\"" + std::string(host) + "\"," + std::to_string(port));
}

firmware::TransportId transport_of(const Bench& bench) {
  return bench.asked<OpenTransport>().back().transport;
}

// Client 0 in a session with a real server on loopback.
void connect_real(Bench& bench) {
  CHECK(open(bench, "127.0.0.1") == framed("OK"));
  CHECK(bench.hear(firmware::Opened{transport_of(bench)}) == framed("+QCOAPOPEN: 0,0"));
  CHECK(bench.at("+QCOAPHEADER=0,1,0") == framed("OK"));
}

// An empty ACK for the message ID of connect_real().
const Bytes kAck{0x60, 0x00, 0x00, 0x01};

}  // namespace

TEST_CASE("an address of the simulated internet is not asked of the real one") {
  Bench bench;
  CHECK(open(bench, "198.51.100.7") == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(bench.at("+QCOAPCLOSE=0") == framed("OK", "+QCOAPCLOSE: 0,0"));
  CHECK(bench.asked<OpenTransport>().empty());
  CHECK(bench.asked<CloseTransport>().empty());
}

TEST_CASE("a route leads away from the simulated internet") {
  SECTION("by address") {
    Bench bench(routed("198.51.100.7"));
    CHECK(open(bench, "198.51.100.7") == framed("OK"));
    REQUIRE(bench.asked<OpenTransport>().size() == 1);
    CHECK(bench.asked<OpenTransport>()[0].host == "198.51.100.7");
  }
  SECTION("by name") {
    Bench bench(routed("coap.sim"));
    CHECK(open(bench, "COAP.SIM") == framed("OK"));
    CHECK(bench.asked<OpenTransport>().size() == 1);
  }
  SECTION("by port, and only there") {
    Bench bench(routed("198.51.100.7:5684"));
    CHECK(open(bench, "198.51.100.7", 5683) == framed("OK", "+QCOAPOPEN: 0,0"));
    CHECK(bench.asked<OpenTransport>().empty());
    CHECK(bench.at("+QCOAPOPEN=1,\"198.51.100.7\",5684") == framed("OK"));
    CHECK(bench.asked<OpenTransport>().size() == 1);
  }
}

TEST_CASE("what is simulated stays so where the host's network is reached") {
  Bench bench(reaching_host());
  CHECK(open(bench, "coap.sim") == framed("OK"));
  CHECK(bench.run_for(1s) == framed("+QCOAPOPEN: 0,0"));
  CHECK(bench.asked<OpenTransport>().empty());
}

TEST_CASE("loopback is real") {
  for (const auto* address : {"127.0.0.1", "127.3.2.1", "::1"}) {
    INFO(address);
    Bench bench;
    CHECK(open(bench, address) == framed("OK"));
    CHECK(bench.asked<OpenTransport>().size() == 1);
  }
}

TEST_CASE("any other address is silent, and the log says why") {
  Bench bench;
  CHECK(open(bench, "203.0.113.5") == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(bench.asked<OpenTransport>().empty());
  CHECK(bench.has_trace("nobody is at 203.0.113.5 port 5683"));
  CHECK(bench.message("1,1").starts_with(framed("OK")));
  CHECK(bench.run_for(1h) == "");
}

TEST_CASE("a testbed with a real peer is never idle: the peer may speak unasked") {
  Bench bench;
  const auto is_idle = [&] { return Steering(bench.testbed).surroundings(bench.now).is_idle; };
  CHECK(is_idle());
  connect_real(bench);
  bench.run_for(10min);
  CHECK_FALSE(bench.testbed.poll_timeout());
  CHECK_FALSE(is_idle());
  bench.at("+QCOAPCLOSE=0");
  bench.run_for(10min);
  CHECK(is_idle());
}

TEST_CASE("any other address is real where the host's network is reached") {
  Bench bench(reaching_host());
  CHECK(open(bench, "203.0.113.5") == framed("OK"));
  CHECK(bench.asked<OpenTransport>().size() == 1);
}

TEST_CASE("a port without a server on a simulated machine is silent") {
  Bench bench(reaching_host());
  CHECK(open(bench, "198.51.100.7", 7777) == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(bench.asked<OpenTransport>().empty());
  CHECK(bench.has_trace("nobody is at 198.51.100.7 port 7777"));
}

TEST_CASE("a name that nobody simulates is left to the host's resolver and its policy") {
  Bench bench;
  CHECK(open(bench, "no.such.name") == framed("OK"));
  REQUIRE(bench.asked<OpenTransport>().size() == 1);
  CHECK(bench.hear(firmware::OpenFailed{transport_of(bench),
                                        firmware::TransportError::kNameNotResolved, "no"}) ==
        framed("+QCOAPOPEN: 0,-5"));
}

TEST_CASE("a fault of names hits a routed name, with every name or with this one") {
  const auto* fault = GENERATE("name-fails", "name-fails device.example");
  CAPTURE(fault);
  Bench bench(routed("device.example"));
  bench.inject(fault);
  CHECK(open(bench, "Device.Example") == framed("OK"));
  CHECK(bench.run_for(1s) == framed("+QCOAPOPEN: 0,-5"));
  CHECK(bench.asked<OpenTransport>().empty());
  bench.inject("name-resolves");
  CHECK(open(bench, "device.example") == framed("OK"));
  CHECK(bench.asked<OpenTransport>().size() == 1);
}

TEST_CASE("a fault of another name or none leaves a routed name alone") {
  const auto* fault = GENERATE("name-fails coap.sim", "name-silent coap.sim", "name-resolves");
  Bench bench(routed("device.example"));
  bench.inject(fault);
  CHECK(open(bench, "device.example") == framed("OK"));
  CHECK(bench.asked<OpenTransport>().size() == 1);
}

TEST_CASE("a fault of names leaves a routed address alone") {
  Bench bench(routed("198.51.100.7"));
  bench.inject("name-silent");
  CHECK(open(bench, "198.51.100.7") == framed("OK"));
  CHECK(bench.asked<OpenTransport>().size() == 1);
}

TEST_CASE("a routed name that nobody answers for waits until somebody does") {
  Bench bench(routed("device.example"));
  bench.inject("name-silent");
  CHECK(open(bench, "device.example") == framed("OK"));
  CHECK(bench.run_for(10s) == "");
  CHECK(bench.asked<OpenTransport>().empty());
  bench.inject("name-resolves");
  REQUIRE(bench.asked<OpenTransport>().size() == 1);
  CHECK(bench.hear(firmware::Opened{transport_of(bench)}) == framed("+QCOAPOPEN: 0,0"));
}

TEST_CASE("a routed name that nobody answers for is given up with its client or question") {
  Bench bench(routed("device.example"));
  bench.at("+QIACT=1");
  bench.inject("name-silent");
  CHECK(open(bench, "device.example") == framed("OK"));
  CHECK(bench.at("+QCOAPCLOSE=0") == framed("OK", "+QCOAPCLOSE: 0,0"));
  CHECK(bench.at("+QIDNSGIP=1,\"device.example\"") == framed("OK"));
  CHECK(bench.run_for(10min).starts_with("\r\n+QIURC: \"dnsgip\",565"));
  bench.inject("name-resolves");
  CHECK(bench.asked<OpenTransport>().empty());
  CHECK(bench.asked<Query>().empty());
}

TEST_CASE("questions follow the rule of the transports") {
  Bench bench(routed("ntp.sim:123"));
  CHECK(bench.at("+QIACT=1") == framed("OK"));
  CHECK(bench.at("+QNTP=1,\"ntp.sim\",123") == framed("OK"));
  REQUIRE(bench.asked<Query>().size() == 1);
  CHECK(bench.testbed.is_waiting_for_real_peer());
  CHECK(bench.at("+QIDNSGIP=1,\"ntp.sim\"") == framed("OK"));
  CHECK(bench.at("+QPING=1,\"127.0.0.1\",1,1") == framed("OK"));
  REQUIRE(bench.asked<Query>().size() == 2);

  CHECK(bench.hear(firmware::Answered{bench.asked<Query>()[1].id,
                                      firmware::EchoReceived{"127.0.0.1", 64}}) ==
        framed("+QPING: 0,\"127.0.0.1\",32,0,64", "+QPING: 0,1,1,0,0,0,0"));
  CHECK(bench.run_for(1s).starts_with("\r\n+QIURC: \"dnsgip\",0,1"));
  bench.run_for(10min);
  REQUIRE_FALSE(bench.asked<CancelQuery>().empty());
  CHECK(bench.asked<CancelQuery>().back().id == bench.asked<Query>().back().id);
  CHECK_FALSE(bench.testbed.is_waiting_for_real_peer());
}

TEST_CASE("a real question that is open at a power-off is cancelled") {
  Bench bench;
  CHECK(bench.at("+QIACT=1") == framed("OK"));
  CHECK(bench.at("+QPING=1,\"127.0.0.1\"") == framed("OK"));
  bench.inject("reset");
  REQUIRE(bench.asked<CancelQuery>().size() == 1);
  CHECK_FALSE(bench.testbed.is_waiting_for_real_peer());
  const auto late = bench.hear(
      firmware::Answered{bench.asked<Query>()[0].id, firmware::EchoReceived{"127.0.0.1", 64}});
  CHECK(late == "");
}

TEST_CASE("an ideal link lets the real network alone") {
  Bench bench;
  connect_real(bench);
  CHECK(bench.at("+QCOAPSEND=0,0,1,0,0") == framed("OK"));
  REQUIRE(bench.asked<SendDatagram>().size() == 1);
  CHECK(bench.testbed.is_waiting_for_real_peer());
  CHECK(bench.hear(firmware::DatagramSent{transport_of(bench), true}) == "");
  CHECK(bench.hear(firmware::DatagramReceived{transport_of(bench), kAck}) ==
        framed("+QCOAPACK: 0,0,1,0"));
  CHECK_FALSE(bench.testbed.is_waiting_for_real_peer());
}

TEST_CASE("another link carries the real network's datagrams in both directions") {
  auto config = Bench::config();
  config.link.uplink.delay = 300ms;
  config.link.downlink.delay = 200ms;
  Bench bench(config);
  connect_real(bench);
  CHECK(bench.at("+QCOAPSEND=0,0,1,0,0") == framed("OK"));
  CHECK(bench.asked<SendDatagram>().empty());
  CHECK(bench.run_for(299ms) == "");
  CHECK(bench.asked<SendDatagram>().empty());
  CHECK(bench.run_for(1ms) == "");
  REQUIRE(bench.asked<SendDatagram>().size() == 1);
  CHECK(bench.hear(firmware::DatagramSent{transport_of(bench), true}) == "");
  CHECK(bench.hear(firmware::DatagramReceived{transport_of(bench), kAck}) == "");
  CHECK(bench.run_for(199ms) == "");
  CHECK(bench.run_for(1ms) == framed("+QCOAPACK: 0,0,1,0"));
}

TEST_CASE("a NON message is sent when the radio has it, whatever the real socket says later") {
  auto config = Bench::config();
  config.link.uplink.delay = 300ms;
  Bench bench(config);
  connect_real(bench);
  CHECK(bench.at("+QCOAPSEND=0,1,1,0,0") == framed("OK", "+QCOAPACK: 0,1,1,0"));
  CHECK(bench.run_for(1s) == "");
  CHECK(bench.hear(firmware::DatagramSent{transport_of(bench), false}) == "");
}

TEST_CASE("a datagram that the link loses does not reach the real network") {
  Bench bench;
  connect_real(bench);
  bench.inject("lose-uplink");
  CHECK(bench.at("+QCOAPSEND=0,1,1,0,0") == framed("OK", "+QCOAPACK: 0,1,1,0"));
  CHECK(bench.asked<SendDatagram>().empty());
  CHECK(bench.has_trace("link: uplink datagram 1 of 4 octets"));
}

TEST_CASE("news of a real transport that is closed is no news") {
  auto config = Bench::config();
  config.link.downlink.delay = 200ms;
  Bench bench(config);
  CHECK(open(bench, "127.0.0.1") == framed("OK"));
  CHECK(bench.at("+QCOAPCLOSE=0") == framed("OK", "+QCOAPCLOSE: 0,0"));
  REQUIRE(bench.asked<CloseTransport>().size() == 1);
  CHECK(bench.hear(firmware::Opened{transport_of(bench)}) == "");
  CHECK(bench.hear(firmware::DatagramReceived{transport_of(bench), kAck}) == "");
  CHECK(bench.hear(firmware::DatagramSent{transport_of(bench), true}) == "");
  CHECK(bench.run_for(1h) == "");
  CHECK_FALSE(bench.testbed.is_waiting_for_real_peer());
}

TEST_CASE("what a URC's fault asks of the real network is polled to its end") {
  Bench bench("+QCOAPACK: pdp-deactivate\n");
  connect_real(bench);
  bench.at("+QCOAPSEND=0,0,1,0,0");
  bench.testbed.handle_network(bench.now, firmware::DatagramReceived{transport_of(bench), kAck});
  bool is_closed = false;
  while (const auto action = bench.testbed.poll_action()) {
    is_closed = is_closed || std::holds_alternative<CloseTransport>(*action);
  }
  CHECK(is_closed);
}
