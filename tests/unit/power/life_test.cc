// Boot, functionality and power-off (quectel-at.md §4).
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

using namespace vmodem;
using namespace vmodem::firmware;

TEST_CASE("at program start the module has booted and is silent") {
  ModemFixture module;
  CHECK(module.run_until(Instant{} + 60s) == "");
  CHECK(module.at("+CFUN?") == "\r\n+CFUN: 1\r\n\r\nOK\r\n");
}

TEST_CASE("a cold start prints the boot chain, and input before RDY is lost") {
  ModemConfig config;
  config.power.cold_start = true;
  ModemFixture module(config);
  CHECK(module.at("") == "");
  CHECK(module.run_until(Instant{} + 1s) == kBootChain);
  CHECK(module.at("") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a reset answers OK, falls silent and boots within milliseconds") {
  ModemFixture module;
  CHECK(module.at("+CFUN=1,1") == "\r\nOK\r\n");
  CHECK(module.run_until(Instant{} + 4ms) == "");
  CHECK(module.run_until(Instant{} + 20ms) == kBootChain);
}

TEST_CASE("the realistic profile takes seconds") {
  ModemConfig config;
  config.power.boot = BootProfile::kRealistic;
  ModemFixture module(config);
  module.at("+CFUN=1,1");
  CHECK(module.run_until(Instant{} + 2999ms) == "");
  CHECK(module.run_until(Instant{} + 3000ms) == "\r\nRDY\r\n");
  CHECK(module.run_until(Instant{} + 3500ms) == "\r\nAPP RDY\r\n");
  CHECK(module.run_until(Instant{} + 3600ms) == "\r\n+CFUN: 1\r\n");
  CHECK(module.run_until(Instant{} + 10s) ==
        "\r\n+CPIN: READY\r\n\r\n+QUSIM: 1\r\n\r\n+QIND: SMS DONE\r\n");
}

TEST_CASE("a reset prints POWERED DOWN where the dialect of one BG96 is asked for") {
  ModemConfig config;
  config.power.announce_reset = true;
  ModemFixture module(config);
  CHECK(module.at("+CFUN=1,1") == "\r\nOK\r\n\r\nPOWERED DOWN\r\n");
}

TEST_CASE("a reset forgets what is volatile and keeps what saves itself") {
  ModemFixture module;
  module.at("+QCOAPCFG=\"trans\",0,60,8");
  module.at("+CMEE=2");
  module.at("+QCFG=\"iotopmode\",0");
  module.at("+QFUPL=\"kept\",3");
  module.send("abc");
  module.at("+CFUN=1,1");
  module.run_until(Instant{} + 1s);
  module.at("E0");
  CHECK(module.at("+QCOAPCFG=\"trans\",0") == "\r\n+QCOAPCFG: \"trans\",2,5\r\n\r\nOK\r\n");
  CHECK(module.at("+CMEE?") == "\r\n+CMEE: 1\r\n\r\nOK\r\n");
  CHECK(module.at("+QCFG=\"iotopmode\"") == "\r\n+QCFG: \"iotopmode\",0\r\n\r\nOK\r\n");
  CHECK(module.at("+QFLST") == "\r\n+QFLST: \"kept\",3\r\n\r\nOK\r\n");
}

TEST_CASE("a reset ends sessions without a word and frees their transports") {
  ModemFixture module;
  module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
  CHECK(module.at("+CFUN=1,1") == "\r\nOK\r\n");
  module.run_until(Instant{} + 1s);
  module.at("E0");
  CHECK(module.at("+QCOAPOPEN?") == "\r\nOK\r\n");
}

TEST_CASE(
    "power-off says POWERED DOWN behind its OK, hears nothing, and comes back after a second") {
  ModemFixture module;
  CHECK(module.at("+QPOWD") == "\r\nOK\r\n\r\nPOWERED DOWN\r\n");
  CHECK(module.at("") == "");
  CHECK(module.run_until(Instant{} + 999ms) == "");
  CHECK(module.run_until(Instant{} + 1100ms) == kBootChain);
}

TEST_CASE("a normal power-off detaches first, an immediate one does not") {
  ModemConfig config;
  config.power.detach_time = 2s;
  ModemFixture module(config);
  CHECK(module.at("+QPOWD=1") == "\r\nOK\r\n");
  CHECK(module.run_until(Instant{} + 2s) == "\r\nPOWERED DOWN\r\n");
  ModemFixture immediate(config);
  CHECK(immediate.at("+QPOWD=0") == "\r\nOK\r\n\r\nPOWERED DOWN\r\n");
}

TEST_CASE("a module that is to stay off stays off") {
  ModemConfig config;
  config.power.on_after.reset();
  ModemFixture module(config);
  module.at("+QPOWD");
  CHECK(module.run_until(Instant{} + 3600s) == "");
  CHECK(module.at("") == "");
}

TEST_CASE("minimum functionality takes the SIM and the network away, full brings them back") {
  ModemFixture module;
  CHECK(module.at("+CFUN=0") == "\r\nOK\r\n");
  CHECK(module.at("+CPIN?") == "\r\n+CME ERROR: 13\r\n");
  CHECK(module.at("+COPS?") == "\r\n+COPS: 2\r\n\r\nOK\r\n");
  CHECK(module.at("+CFUN=1") ==
        "\r\nOK\r\n\r\n+CPIN: READY\r\n\r\n+QUSIM: 1\r\n\r\n+QIND: SMS DONE\r\n");
  CHECK(module.at("+CEREG?") == "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
}

TEST_CASE("airplane mode keeps the SIM") {
  ModemFixture module;
  CHECK(module.at("+CFUN=4") == "\r\nOK\r\n");
  CHECK(module.at("+CPIN?") == "\r\n+CPIN: READY\r\n\r\nOK\r\n");
  CHECK(module.at("+CEREG?") == "\r\n+CEREG: 0,0\r\n\r\nOK\r\n");
}

TEST_CASE("a reset goes with full functionality only") {
  ModemFixture module;
  CHECK(module.at("+CFUN=0,1") == "\r\nERROR\r\n");
  CHECK(module.at("+CFUN=2") == "\r\nERROR\r\n");
  CHECK(module.at("+CFUN=?") == "\r\n+CFUN: (0,1,4),(0,1)\r\n\r\nOK\r\n");
  CHECK(module.at("+QPOWD=?") == "\r\n+QPOWD: (0,1)\r\n\r\nOK\r\n");
}
