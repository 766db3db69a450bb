// Activations of bearers by AT+CGACT, of contexts on them by AT+QIACT and CoAP (quectel-at.md §7,
// qcoap.md §3), in a module that gets no bearer by itself.
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr auto kOpen = "+QCOAPOPEN=0,\"127.0.0.1\",5683";
constexpr NetworkStage kDenied{.coverage = Coverage::kDenied};

ModemConfig slow_config() {
  auto config = without_default_bearer();
  config.pdp.activation_time = 5s;
  return config;
}

ModemConfig refusing_config(Duration activation_time = 0ms) {
  auto config = without_default_bearer();
  config.pdp.activation_time = activation_time;
  config.pdp.refuses_activation = true;
  return config;
}

}  // namespace

TEST_CASE("No context is active at boot, and one that is activated brings its bearer") {
  ModemFixture module(without_default_bearer());
  CHECK(module.at("+QIACT=?") == framed("+QIACT: (1-16)", "OK"));
  CHECK(module.at("+QIDEACT=?") == framed("+QIDEACT: (1-16)", "OK"));
  CHECK(module.at("+CGACT=?") == framed("+CGACT: (0,1)", "OK"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+QIACT=1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("+QIACT: 1,1,1,\"10.76.51.180\"", "OK"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
  CHECK(module.at("+CGACT=1,1") == framed("OK"));
  CHECK(module.at("+CGACT=0,1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+CGACT=0,1") == framed("OK"));
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("AT+QIACT of an active context is an error, or OK by a switch; AT+QIDEACT never fails") {
  ModemConfig config;
  config.dialect.repeat_activation = GENERATE(false, true);
  ModemFixture module(config);
  CHECK(module.at("+QIDEACT=1") == framed("OK"));
  CHECK(module.at("+QIACT=1") == framed("OK"));
  const bool is_ok = config.dialect.repeat_activation;
  CHECK(module.at("+QIACT=1") == framed(is_ok ? "OK" : "ERROR"));
  CHECK(module.at("+QIGETERROR") == framed(is_ok ? "+QIGETERROR: 0,operate successfully"
                                                 : "+QIGETERROR: 574,pdp has been actived",
                                           "OK"));
  CHECK(module.at("+QIDEACT=1") == framed("OK"));
}

TEST_CASE("AT+CGPADDR tells the addresses of the defined contexts") {
  ModemFixture module(without_default_bearer());
  module.at("+CGDCONT=3,\"IPV4V6\",\"both\"");
  CHECK(module.at("+CGPADDR=?") == framed("+CGPADDR: (1,3)", "OK"));
  CHECK(module.at("+CGPADDR=1") == framed("+CGPADDR: 1", "OK"));
  module.at("+CGACT=1");
  CHECK(module.at("+CGPADDR") ==
        "\r\n+CGPADDR: 1,10.76.51.180\r\n+CGPADDR: 3,10.76.51.182,2001:db8:4c33:1::3\r\n"
        "\r\nOK\r\n");
  CHECK(module.at("+CGPADDR=3,1") ==
        "\r\n+CGPADDR: 3,10.76.51.182,2001:db8:4c33:1::3\r\n+CGPADDR: 1,10.76.51.180\r\n"
        "\r\nOK\r\n");
  CHECK(module.at("+CGPADDR=2") == framed("ERROR"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+QIACT=1;+QIACT=3") == framed("OK"));
  CHECK(module.at("+QIACT?") ==
        "\r\n+QIACT: 1,1,1,\"10.76.51.180\"\r\n+QIACT: 3,1,1,\"10.76.51.182\""
        "\r\n+QIACT: 3,1,2,\"2001:db8:4c33:1::3\"\r\n\r\nOK\r\n");
}

TEST_CASE("Three contexts are up on Cat M and EGPRS, two on NB-IoT") {
  const auto [line, count_max] = GENERATE(table<const char*, int>(
      {{"+COPS=1,2,\"46001\",8", 3}, {"+COPS=1,2,\"46001\",0", 3}, {"+COPS=1,2,\"46001\",9", 2}}));
  ModemFixture module;
  CAPTURE(line);
  REQUIRE(module.at(line) == framed("OK"));
  for (int id = 1; id <= count_max; ++id) {
    CHECK(module.at("+QIACT=" + std::to_string(id)) == framed("OK"));
  }
  CHECK(module.at("+QIACT=16") == framed("ERROR"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 561,Activate pdp context failed", "OK"));
  CHECK(module.at("+QIDEACT=1;+QIACT=16") == framed("OK"));
}

TEST_CASE("Before registration nothing is activated") {
  ModemFixture module;
  module.change_network(kDenied);
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
  CHECK(module.at("+CGACT=1,1") == framed("+CME ERROR: 32"));
  module.change_network(Recovery{});
  CHECK(module.at("+QIACT=1") == framed("OK"));
}

TEST_CASE("AT+CGACT attaches first") {
  ModemFixture module;
  module.at("+CGATT=0");
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
  CHECK(module.at("+CGACT=1,1") == framed("OK"));
  CHECK(module.at("+CGATT?") == framed("+CGATT: 1", "OK"));
}

TEST_CASE("A command that activates answers when the network does, and input waits") {
  struct Row {
    const char* line;
    const char* query;
    const char* answer;
  };
  const auto row = GENERATE(Row{"+QIACT=1", "+QIACT?", "+QIACT: 1,1,1,\"10.76.51.180\""},
                            Row{"+CGACT=1,1", "+CGACT?", "+CGACT: 1,1"},
                            Row{"+CGACT=1", "+CGACT?", "+CGACT: 1,1"});
  CAPTURE(row.line);
  ModemFixture module(slow_config());
  CHECK(module.at(row.line).empty());
  CHECK(module.at(row.query).empty());
  CHECK(module.run_until(Instant(4999ms)).empty());
  CHECK(module.run_until(Instant(5s)) == framed("OK", row.answer, "OK"));
}

TEST_CASE("The rest of a command line runs after an activation") {
  ModemFixture module(slow_config());
  CHECK(module.at("+QIACT=1;+CGACT?").empty());
  CHECK(module.run_until(Instant(5s)) == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("A network that refuses activations is an error, sooner or later") {
  const auto time = GENERATE(Duration(0ms), Duration(5s));
  ModemFixture module(refusing_config(time));
  module.at("+QIACT=1");
  module.run_for(time);
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 561,Activate pdp context failed", "OK"));
  const auto answer = module.at("+QIACT=1");
  CHECK(answer + module.run_for(time) == framed("ERROR"));
  const auto second = module.at("+CGACT=1,1");
  CHECK(second + module.run_for(time) == framed("+CME ERROR: 32"));
  const auto open = module.at(kOpen);
  CHECK(open + module.run_for(time) == framed("OK", "+QCOAPOPEN: 0,-4"));
}

TEST_CASE("An open waits in status 1 until its context is up, and a second one joins it") {
  ModemFixture module(slow_config());
  CHECK(module.at(kOpen) == framed("OK"));
  CHECK(module.at("+QCOAPOPEN?") == framed("+QCOAPOPEN: 0,\"127.0.0.1\",5683,1", "OK"));
  CHECK(module.transports.empty());
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,-2"));
  module.run_until(Instant(2s));
  CHECK(module.at("+QCOAPOPEN=1,\"127.0.0.2\",5683") == framed("OK"));
  CHECK(module.run_until(Instant(4999ms)).empty());
  CHECK(module.run_until(Instant(5s)) == framed("+QCOAPOPEN: 0,0", "+QCOAPOPEN: 1,0"));
}

TEST_CASE("AT+QIACT joins an activation that an open has begun") {
  ModemFixture module(slow_config());
  module.at(kOpen);
  CHECK(module.at("+QIACT=1").empty());
  CHECK(module.run_until(Instant(5s)) == framed("OK", "+QCOAPOPEN: 0,0"));
}

TEST_CASE("An open that is closed while its context comes up is over") {
  ModemFixture module(slow_config());
  module.at(kOpen);
  CHECK(module.at("+QCOAPCLOSE=0") == framed("OK", "+QCOAPCLOSE: 0,0"));
  CHECK(module.run_until(Instant(80s)).empty());
  CHECK(module.transports.empty());
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,1", "OK"));
}

TEST_CASE("An open ends within 75 s, however long its context takes") {
  ModemConfig config;
  config.pdp.activation_time = 100s;
  ModemFixture module(config);
  module.at(kOpen);
  CHECK(module.run_until(Instant(75s)) == framed("+QCOAPOPEN: 0,-4"));
  CHECK(module.run_until(Instant(200s)).empty());
}

TEST_CASE("An open while a command activates its context answers -6") {
  ModemFixture module(slow_config());
  CHECK(module.at("+QICFG=\"asyncmode\",1;+QIACT=1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,-6"));
  CHECK(module.run_until(Instant(5s)).empty());
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,0"));
}

TEST_CASE(
    "AT+QIDEACT of an active context waits for the network's answer, of another it does not") {
  ModemConfig config;
  config.pdp.deactivation_time = 40s;
  ModemFixture module(config);
  module.at("+QIACT=1");
  module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
  CHECK(module.at("+QIDEACT=1") == "");
  CHECK(module.at("+CGMM") == "");
  CHECK(module.run_until(Instant{} + 39999ms) == "");
  CHECK(module.run_until(Instant{} + 40s) ==
        framed("OK", "+QCOAPCLOSE: 0,-4") + framed("BG95-M3", "OK"));
  CHECK(module.at("+QIDEACT=1") == framed("OK"));
}

TEST_CASE("a power cut ends an AT+QIDEACT that waits") {
  ModemConfig config;
  config.pdp.deactivation_time = 40s;
  ModemFixture module(config);
  module.at("+QIACT=1");
  module.at("+QIDEACT=1");
  module.modem->cut_power(module.now);
  CHECK(module.run_for(1min) == "");
}

TEST_CASE("AT+QIDEACT and AT+CGACT=0 end the sessions of their context only") {
  const auto* line = GENERATE("+QIDEACT=1", "+CGACT=0,1");
  ModemFixture module;
  module.at("+QCOAPCFG=\"pdpcid\",1,2");
  module.at(kOpen);
  module.at("+QCOAPOPEN=1,\"127.0.0.2\",5683");
  module.at("+QCOAPCFG=\"pdpcid\",0,2;+QCOAPHEADER=0,1234,0;+QCOAPSEND=0,0,1,0,0");
  CHECK(module.at(line) == framed("OK", "+QCOAPACK: 0,0,1234,-11", "+QCOAPCLOSE: 0,-4"));
  CHECK(module.at("+QCOAPOPEN?") == framed("+QCOAPOPEN: 1,\"127.0.0.2\",5683,3", "OK"));
}

TEST_CASE("AT+QIDEACT ends an open that waits for its context") {
  ModemFixture module(slow_config());
  module.at(kOpen);
  CHECK(module.at("+QIDEACT=1") == framed("OK", "+QCOAPOPEN: 0,-4"));
}

TEST_CASE("A context that the network drops needs AT+QIDEACT before it comes up again") {
  ModemFixture module(without_default_bearer());
  module.at(kOpen);
  CHECK(module.drop_pdp_context(2).empty());
  CHECK(module.drop_pdp_context(1) == framed("+QIURC: \"pdpdeact\",1", "+QCOAPCLOSE: 0,-4"));
  CHECK(module.at("+CGACT?") == framed("+CGACT: 1,0", "OK"));
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
  CHECK(module.at("+CGACT=1,1") == framed("+CME ERROR: 3"));
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,-4"));
  CHECK(module.at("+QIDEACT=1") == framed("OK"));
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,0"));
}

TEST_CASE("A detach during an activation is an error") {
  ModemFixture module(slow_config());
  module.at("+QIACT=1");
  CHECK(module.change_network(kDenied) == framed("ERROR"));
}

TEST_CASE("+CGEV tells of contexts that come and go") {
  ModemFixture module(without_default_bearer());
  module.at("+CGEREP=2");
  CHECK(module.at("+CGACT=1,1") == framed("OK", "+CGEV: PDN ACT 1"));
  CHECK(module.at("+CGACT=0,1") == framed("OK", "+CGEV: PDN DEACT 1"));
  module.at("+QIACT=1");
  CHECK(module.drop_pdp_context(1) ==
        framed("+QIURC: \"pdpdeact\",1", "+CGEV: NW DEACT \"IP\",\"10.76.51.180\",1"));
  module.at("+QIDEACT=1;+QIACT=1");
  CHECK(module.at("+CGATT=0") == framed("OK", "+CGEV: ME DETACH"));
}

TEST_CASE("A context without IP is no way for sockets and CoAP") {
  ModemFixture module(without_default_bearer());
  module.at("+CGDCONT=1,\"Non-IP\",\"nidd\"");
  CHECK(module.at("+QIACT=1") == framed("ERROR"));
  CHECK(module.at(kOpen) == framed("OK", "+QCOAPOPEN: 0,-4"));
  CHECK(module.at("+CGACT=1,1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("OK"));
  CHECK(module.at("+CGPADDR=1") == framed("+CGPADDR: 1", "OK"));
}

TEST_CASE("A reboot leaves no context active") {
  ModemFixture module;
  module.at("+QIACT=1;+CFUN=1,1");
  module.run_for(10s);
  CHECK(module.at("E0+QIACT?").find("+QIACT: ") == std::string::npos);
}

TEST_CASE("Values that the activation commands do not know are errors") {
  ModemFixture module;
  for (const auto* line : {"+QIACT", "+QIACT=", "+QIACT=0", "+QIACT=17", "+QIACT=1,1", "+QIDEACT",
                           "+QIDEACT?", "+QIDEACT=17", "+CGACT", "+CGACT=", "+CGACT=2,1",
                           "+CGACT=1,16", "+CGACT=1,2", "+CGPADDR=16", "+CGPADDR?"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

}  // namespace vmodem::firmware
