// What is done to a module from outside: its supply, its keys, and a firmware that hangs.
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

using namespace vmodem;
using namespace vmodem::firmware;

namespace {

struct PowerBench : ModemFixture {
  using ModemFixture::ModemFixture;

  std::string cut() {
    modem->cut_power(now);
    return read();
  }
  std::string press_key() {
    modem->press_power_key(now);
    return read();
  }
  std::string reset() {
    modem->reset(now);
    return read();
  }
  std::string resume() {
    modem->resume(now);
    return read();
  }
  // What the driver is told of the power meanwhile, in order: "off ", "on ".
  std::string power_news() {
    std::string news;
    while (const auto action = modem->poll_action()) {
      const auto* power = std::get_if<PowerChanged>(&*action);
      if (power != nullptr) news += power->is_on ? "on " : "off ";
    }
    return news;
  }
};

// A client in session, and a confirmable message of it on its way.
void leave_exchange_open(PowerBench& module) {
  module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
  module.at("+QCOAPSEND=0,0,1,0,0");
  REQUIRE(module.datagrams.size() == 1);
}

// No network tells the time.
ModemConfig untimed(ModemConfig config) {
  config.clock.network.reset();
  return config;
}

}  // namespace

TEST_CASE("a module whose supply fails says nothing and stays off until its key is pressed") {
  PowerBench module;
  CHECK(module.cut() == "");
  CHECK(module.run_for(24h) == "");
  CHECK(module.at("") == "");
  CHECK(module.press_key() == "");
  CHECK(module.run_for(20ms) == kBootChain);
  CHECK(module.at("") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a brown-out is a cut and the key at once") {
  PowerBench module;
  module.at("+CMEE=2");
  CHECK(module.cut() == "");
  CHECK(module.press_key() == "");
  CHECK(module.run_for(20ms) == kBootChain);
  module.at("E0");
  CHECK(module.at("+CMEE?") == "\r\n+CMEE: 1\r\n\r\nOK\r\n");
}

TEST_CASE("the power key does nothing to a module that is on, booting or switching itself off") {
  ModemConfig config;
  config.power.detach_time = 2s;
  PowerBench module(config);
  CHECK(module.press_key() == "");
  CHECK(module.run_for(1h) == "");
  module.at("+CFUN=1,1");
  module.run_for(5ms);
  CHECK(module.press_key() == "");
  CHECK(module.run_for(20ms) == kBootChain.substr(kBootChain.find("\r\nAPP")));
  module.at("+QPOWD");
  module.press_key();
  CHECK(module.run_for(2s) == "\r\nPOWERED DOWN\r\n");
}

TEST_CASE("a cut takes what is volatile and leaves settings and files") {
  PowerBench module;
  module.at("+QCOAPCFG=\"trans\",0,60,8");
  module.at("+QCFG=\"iotopmode\",0");
  module.at("+QFUPL=\"kept\",3");
  module.send("abc");
  module.cut();
  module.press_key();
  module.run_for(1s);
  module.at("E0");
  CHECK(module.at("+QCOAPCFG=\"trans\",0") == "\r\n+QCOAPCFG: \"trans\",2,5\r\n\r\nOK\r\n");
  CHECK(module.at("+QCFG=\"iotopmode\"") == "\r\n+QCFG: \"iotopmode\",0\r\n\r\nOK\r\n");
  CHECK(module.at("+QFLST") == "\r\n+QFLST: \"kept\",3\r\n\r\nOK\r\n");
}

TEST_CASE("a cut ends exchanges without a word") {
  PowerBench module;
  leave_exchange_open(module);
  CHECK(module.cut() == "");
  CHECK(module.run_for(10min) == "");
  CHECK(module.datagrams.size() == 1);
}

TEST_CASE("an upload that a cut ends is not finished after it") {
  PowerBench module;
  CHECK(module.at("+QFUPL=\"lost\",5") == "\r\nCONNECT\r\n");
  module.send("abc");
  module.cut();
  module.press_key();
  CHECK(module.run_for(1s) == kBootChain);
  CHECK(module.send("de\rAT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("the calendar survives a reset and not a cut, and starts again when power is back") {
  PowerBench module(untimed(ModemConfig{}));
  module.at("+CCLK=\"24/02/29,12:00:00+08\"");
  module.reset();
  module.run_for(1h);
  module.at("E0");
  CHECK(module.at("+CCLK?") == "\r\n+CCLK: \"24/02/29,13:00:00+08\"\r\n\r\nOK\r\n");
  module.cut();
  module.run_for(1h);
  module.press_key();
  module.run_for(60s);
  module.at("E0");
  CHECK(module.at("+CCLK?") == "\r\n+CCLK: \"80/01/06,00:01:00+00\"\r\n\r\nOK\r\n");
}

TEST_CASE("a cut takes the calendar of a module that had switched itself off") {
  ModemConfig config;
  config.power.on_after.reset();
  PowerBench module(untimed(config));
  module.at("+CCLK=\"24/02/29,12:00:00+08\"");
  module.at("+QPOWD");
  CHECK(module.power_news() == "");
  module.cut();
  module.press_key();
  module.run_for(1s);
  module.at("E0");
  CHECK(module.at("+CCLK?") == "\r\n+CCLK: \"80/01/06,00:00:01+00\"\r\n\r\nOK\r\n");
}

TEST_CASE("a cut module forgets that it was to switch itself on") {
  PowerBench module;
  module.at("+QPOWD");
  module.cut();
  CHECK(module.run_for(1h) == "");
}

TEST_CASE("the reset pin reboots in the middle of anything, without a word") {
  ModemConfig config;
  config.power.announce_reset = true;
  const auto* before = GENERATE("", "AT+CG", "AT+QFUPL=\"x\",9\rabc");
  CAPTURE(before);
  PowerBench module(config);
  module.send(before);
  CHECK(module.reset() == "");
  CHECK(module.run_for(20ms) == kBootChain);
  CHECK(module.at("") == "AT\r\r\nOK\r\n");
}

TEST_CASE("the reset pin does nothing to a module that is off") {
  PowerBench module;
  module.cut();
  CHECK(module.reset() == "");
  CHECK(module.run_for(1h) == "");
}

TEST_CASE("POWERED DOWN goes out whatever else the command line has begun") {
  PowerBench module;
  CHECK(module.at("+QPOWD;+QFUPL=\"x\",9") == "\r\nCONNECT\r\n\r\nPOWERED DOWN\r\n");
}

TEST_CASE("what follows a power-off in the same octets is lost, as it is in later ones") {
  ModemConfig config;
  config.power.detach_time = 2s;
  const auto* behind = GENERATE("AT+CGMM\r", "AT+CG", "\r\n");
  CAPTURE(behind);
  PowerBench module(config);
  CHECK(module.send("AT+QPOWD\r" + std::string(behind)) == "\r\nOK\r\n");
  CHECK(module.send(behind) == "");
  CHECK(module.run_for(2s) == "\r\nPOWERED DOWN\r\n");
  CHECK(module.run_for(2s) == kBootChain);
  CHECK(module.at("") == "AT\r\r\nOK\r\n");
}

TEST_CASE("the driver hears of the power once a change, on before the first line") {
  PowerBench module;
  module.modem->handle_serial(module.now, as_bytes("AT+QPOWD\r"));
  CHECK(module.power_news() == "off ");
  CHECK(module.read() == "\r\nOK\r\n\r\nPOWERED DOWN\r\n");
  module.modem->cut_power(module.now);
  CHECK(module.power_news() == "");
  module.press_key();
  module.now += 4ms;
  module.modem->handle_timeout(module.now);
  CHECK(module.power_news() == "");
  module.now += 1ms;
  module.modem->handle_timeout(module.now);
  CHECK(module.power_news() == "on ");
  CHECK(module.read() == "\r\nRDY\r\n");
}

TEST_CASE(
    "a driver that comes late hears that the module went off before what it said afterwards") {
  PowerBench module;
  module.modem->handle_serial(module.now, as_bytes("AT+CFUN=1,1\r"));
  module.now += 1min;
  CHECK(module.power_news() == "off ");
  CHECK(module.read() == "\r\nOK\r\n");
  std::string output;
  for (auto due = module.modem->poll_timeout(); due && *due <= module.now;
       due = module.modem->poll_timeout()) {
    module.modem->handle_timeout(module.now);
    output += module.power_news();
    output += module.read();
  }
  CHECK(output == "on " + std::string(kBootChain));
}

TEST_CASE("a module that hangs takes octets and answers nothing, until a reset") {
  PowerBench module;
  module.modem->hang(module.now);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(module.modem->serial_room() >= 1024);
    REQUIRE(module.send(std::string(1024, 'x')) == "");
  }
  CHECK(module.at("") == "");
  CHECK(module.modem->poll_timeout() == std::nullopt);
  CHECK(module.reset() == "");
  CHECK(module.run_for(20ms) == kBootChain);
  CHECK(module.at("") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a cut ends a hang, and the power key alone does not") {
  PowerBench module;
  module.modem->hang(module.now);
  module.press_key();
  CHECK(module.run_for(1h) == "");
  module.cut();
  module.press_key();
  CHECK(module.run_for(20ms) == kBootChain);
}

TEST_CASE("the timers of a module that hangs stand, and what is due is late") {
  PowerBench module;
  leave_exchange_open(module);
  module.modem->hang(module.now);
  CHECK(module.modem->poll_timeout() == std::nullopt);
  CHECK_FALSE(module.modem->is_waiting_for_peer());
  module.now += 1h;
  module.modem->handle_timeout(module.now);
  CHECK(module.read() == "");
  CHECK(module.datagrams.size() == 1);
  CHECK(module.resume() == "");
  module.modem->handle_timeout(module.now);
  module.read();
  CHECK(module.datagrams.size() > 1);
}

TEST_CASE("what the network sends to a module that hangs is lost") {
  PowerBench module;
  module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
  module.modem->hang(module.now);
  CHECK(module.receive("\x40\x01\x12\x34") == "");
  CHECK(module.resume() == "");
  CHECK(module.datagrams.empty());
}

TEST_CASE("what happens around a module that hangs is reported when it goes on, within a bound") {
  PowerBench module;
  module.at("+QSIMDET=1,0");
  module.at("+CFUN=1,1");
  module.run_for(1s);
  module.at("E0");
  module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683");
  module.modem->hang(module.now);
  for (int i = 0; i < 1000; ++i) {
    module.modem->remove_sim(module.now);
    module.modem->insert_sim(module.now);
  }
  CHECK(module.drop_pdp_context(1) == "");
  const auto urcs = module.resume();
  CHECK(urcs.starts_with("\r\n+CPIN: NOT READY\r\n"));
  CHECK(urcs.size() < 64 * 100);
}

TEST_CASE("a half-typed line waits for a module that hangs, what is typed meanwhile is lost") {
  PowerBench module;
  module.send("AT+CF");
  module.modem->hang(module.now);
  module.send("lost\r");
  module.resume();
  CHECK(module.send("UN?\r") == "\r\n+CFUN: 1\r\n\r\nOK\r\n");
}
