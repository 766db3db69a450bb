// LTE's bearer and the TCP/IP stack's context on it (23.401 §5.3.2, qcoap.md §3).
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr auto kOpenOnBearer = "+QCOAPOPEN=0,\"127.0.0.1\",5683";
constexpr NetworkStage kRefusal{.coverage = Coverage::kDenied};

}  // namespace

TEST_CASE("Registration in LTE brings bearer 1, and no context of the TCP/IP stack") {
  ModemFixture module;
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
  CHECK(module.at("+CGPADDR=1") == framed("+CGPADDR: 1,10.76.51.180", "OK"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+CGACT=1,1") == framed("OK"));
  CHECK(module.at("+QIACT=1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("+QIACT: 1,1,1,\"10.76.51.180\"", "OK"));
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
}

TEST_CASE("AT+QIDEACT leaves the bearer that the attachment or AT+CGACT brought") {
  ModemFixture module;
  CHECK(module.at("+QIACT=1;+QIDEACT=1") == framed("OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
  CHECK(module.at("+CGDCONT=2,\"IP\",\"two\";+CGACT=1,2;+QIACT=2;+QIDEACT=2") == framed("OK"));
  CHECK(module.at("+CGACT?") == "\r\n+CGACT: 1,1\r\n+CGACT: 2,1\r\n\r\nOK\r\n");
  CHECK(module.at("+CGACT=0,2;+QIACT=2;+QIDEACT=2") == framed("OK"));
  CHECK(module.at("+CGACT?") == "\r\n+CGACT: 1,1\r\n+CGACT: 2,0\r\n\r\nOK\r\n");
}

TEST_CASE("A bearer that is deactivated takes its context and its sessions along") {
  ModemFixture module;
  CHECK(module.at(kOpenOnBearer) == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(module.at("+CGACT=0,1") == framed("OK", "+QCOAPCLOSE: 0,-4"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at(kOpenOnBearer) == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("The bearer comes and goes with the attachment, not with the cell") {
  ModemFixture module;
  module.at("+CGEREP=2");
  CHECK(module.at("+CGATT=0") == framed("OK", "+CGEV: ME DETACH"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+CGATT=1") == framed("OK", "+CGEV: PDN ACT 1"));
  CHECK(module.change_network(kRefusal) == framed("+CGEV: NW DETACH"));
  CHECK(module.change_network(Recovery{}) == framed("+CGEV: PDN ACT 1"));
  CHECK(module.at("+CGACT=0,1") == framed("OK", "+CGEV: PDN DEACT 1"));
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(Recovery{}).empty());
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
}

TEST_CASE("A boot brings the bearer again") {
  ModemFixture module;
  module.at("+CGACT=0,1;+CFUN=1,1");
  module.run_for(10s);
  CHECK(module.at("E0+CGACT?").find("+CGACT: 1,1") != std::string::npos);
}

TEST_CASE("In GSM no bearer comes by itself; LTE brings it on the way back") {
  ModemConfig config;
  config.network.operators = {{"GSM", "GSM", "46001", Technology::kEgprs, {}, {}, false},
                              {"LTE", "LTE", "46001", Technology::kEmtc, {}, {}, false}};
  ModemFixture module(config);
  module.at("+CGATT=0;+COPS=1,0,\"GSM\";+CGATT=1");
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+QIACT=1") == framed("OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
  CHECK(module.at("+QIDEACT=1;+COPS=1,0,\"LTE\"") == framed("OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("A context on the bearer takes the network's time, and may be refused") {
  ModemConfig config;
  config.pdp.activation_time = 5s;
  ModemFixture module(config);
  CHECK(module.at("+QIACT=1").empty());
  CHECK(module.run_until(Instant(5s)) == framed("OK"));
  module.at("+QIDEACT=1");
  module.modem->refuse_pdp_contexts(module.now, true);
  CHECK(module.at("+QIACT=1").empty());
  CHECK(module.run_for(5s) == framed("ERROR"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("A default bearer without a context on it leaves room for three others") {
  ModemFixture module;
  CHECK(module.at("+QIACT=2;+QIACT=3;+QIACT=4") == framed("OK"));
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
}

TEST_CASE("The network drops a bearer, and its context where it has one") {
  ModemFixture module;
  CHECK(module.drop_pdp_context(1).empty());
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+QIACT=1") == framed("OK"));
  CHECK(module.drop_pdp_context(1) == framed("+QIURC: \"pdpdeact\",1"));
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
  CHECK(module.at("+QIDEACT=1;+QIACT=1") == framed("OK"));
}

TEST_CASE("Without the switch the host activates its bearer") {
  ModemFixture module(without_default_bearer());
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+CGPADDR=1") == framed("+CGPADDR: 1", "OK"));
  CHECK(module.at("+CGACT=1,1;+QIACT=1") == framed("OK"));
}

}  // namespace vmodem::firmware
