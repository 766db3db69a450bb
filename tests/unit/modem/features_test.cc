#include "firmware/commands/families.h"
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

TEST_CASE("Without the CoAP feature its commands are unknown and the others are as they were") {
  const auto& whole = command_table({});
  const auto& table = command_table({.coap = false});
  for (const auto& family : command_families()) {
    for (const auto& spec : family.rows) {
      CAPTURE(std::string(spec.name));
      REQUIRE_FALSE(whole.find(spec.name).empty());
      CHECK(table.find(spec.name).empty() == (family.feature == &Features::coap));
    }
  }
  CHECK(table.find("+QCOAPOPEN").empty());
}

TEST_CASE("Modules with the same features share one table") {
  CHECK(&command_table({}) == &command_table({.coap = true}));
  CHECK(&command_table({.coap = false}) == &command_table({.coap = false}));
  CHECK(&command_table({}) != &command_table({.coap = false}));
}

TEST_CASE("A module without CoAP answers its commands as it does any unknown one") {
  ModemConfig config;
  config.features.coap = false;
  ModemFixture module(config);
  module.at("+CMEE=2");
  const auto unknown = module.at("+NOSUCH=?");
  CHECK(module.at("+QCOAPOPEN=?") == unknown);
  CHECK(module.at("+QCOAPOPEN=0,\"127.0.0.1\",5683") == unknown);
  CHECK(module.at("+QCOAPCLOSE=0") == unknown);
  CHECK(module.at("") == "\r\nOK\r\n");
}

TEST_CASE("A command line is reported once, and not again where its data mode ends") {
  ModemFixture module(ModemConfig{.report_commands = true});
  module.at("+QFUPL=\"a.txt\",3");
  module.send("abc");
  module.send("at+nothing;+gmi\rA/");
  module.send("AT" + std::string(5000, '1') + "\r");
  CHECK(module.lines == std::vector<std::string>{"ATE0", "AT+QFUPL=\"a.txt\",3", "AT+nothing;+gmi",
                                                 "AT+nothing;+gmi"});
}

}  // namespace
}  // namespace vmodem::firmware
