#include "tests/support/catch.h"
#include "tests/unit/modem/settings_fixture.h"

namespace vmodem::firmware {
namespace {

TEST_CASE("The bit rate is one of the list and is saved by AT&W only") {
  SettingsFixture module;
  CHECK(module.send("AT+IPR=?") ==
        with_ok("+IPR: (),(9600,19200,38400,57600,115200,230400,460800,921600,2900000,3000000,"
                "3200000,3686400,4000000)"));
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 115200"));
  CHECK(module.send("AT+IPR=9601") == kError);
  CHECK(module.send("AT+IPR=") == kError);
  CHECK(module.send("AT+IPR=9600") == kOk);
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 9600"));
  module.power_cycle();
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 115200"));
  CHECK(module.send("AT+IPR=9600;&W") == kOk);
  CHECK(module.send("AT+IPR=57600;&F") == kOk);
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 57600"));
  CHECK(module.send("ATZ") == kOk);
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 57600"));
  module.power_cycle();
  CHECK(module.send("AT+IPR?") == with_ok("+IPR: 9600"));
}

TEST_CASE("Flow control and framing are forgotten at power-off") {
  SettingsFixture module;
  CHECK(module.send("AT+IFC=?") == with_ok("+IFC: (0,2),(0,2)"));
  CHECK(module.send("AT+IFC?") == with_ok("+IFC: 0,0"));
  CHECK(module.send("AT+IFC=2") == kError);
  CHECK(module.send("AT+IFC=1,0") == kError);
  CHECK(module.send("AT+IFC=2,2") == kOk);
  CHECK(module.send("AT+IFC?") == with_ok("+IFC: 2,2"));
  CHECK(module.send("AT+ICF=?") == with_ok("+ICF: (3),(0-3)"));
  CHECK(module.send("AT+ICF?") == with_ok("+ICF: 3,3"));
  CHECK(module.send("AT+ICF=3,1") == kOk);
  CHECK(module.send("AT+ICF=3") == kOk);
  CHECK(module.send("AT+ICF?") == with_ok("+ICF: 3,1"));
  CHECK(module.send("AT+ICF=2,1") == kError);
  CHECK(module.send("AT+ICF=3,4") == kError);
  CHECK(module.send("AT&W") == kOk);
  module.power_cycle();
  CHECK(module.send("AT+IFC?") == with_ok("+IFC: 0,0"));
  CHECK(module.send("AT+ICF?") == with_ok("+ICF: 3,3"));
}

TEST_CASE("The character set is one of three words, and AT&F sets it back") {
  SettingsFixture module;
  CHECK(module.send("AT+CSCS=?") == with_ok("+CSCS: (\"GSM\",\"IRA\",\"UCS2\")"));
  CHECK(module.send("AT+CSCS?") == with_ok("+CSCS: \"GSM\""));
  CHECK(module.send("AT+CSCS=\"ucs2\"") == kOk);
  CHECK(module.send("AT+CSCS?") == with_ok("+CSCS: \"UCS2\""));
  CHECK(module.send("AT+CSCS=\"UTF8\"") == kError);
  CHECK(module.send("AT+CSCS=IRA") == kError);
  CHECK(module.send("AT&F") == kOk);
  CHECK(module.send("AT+CSCS?") == with_ok("+CSCS: \"GSM\""));
}

TEST_CASE("Activity, RI and readings answer with what is configured") {
  SettingsFixture module;
  CHECK(module.send("AT+CPAS=?") == with_ok("+CPAS: (0,3,4)"));
  CHECK(module.send("AT+CPAS") == with_ok("+CPAS: 0"));
  CHECK(module.send("AT+QRIR=?") == kOk);
  CHECK(module.send("AT+QRIR") == kOk);
  CHECK(module.send("AT+CBC=?") == with_ok("+CBC: (0-2),(0-100),<voltage>"));
  CHECK(module.send("AT+CBC") == with_ok("+CBC: 0,80,3861"));
  CHECK(module.send("AT+QADC=?") == with_ok("+QADC: (0)"));
  CHECK(module.send("AT+QADC=0") == with_ok("+QADC: 1,1105"));
  CHECK(module.send("AT+QADC=1") == kError);
  CHECK(module.send("AT+QTEMP=?") == kOk);
  CHECK(module.send("AT+QTEMP") == with_ok("+QTEMP: 28,26,25"));

  module.config.readings = {.battery_percent = 5,
                            .battery_mv = 3300,
                            .adc_mv = 0,
                            .pmic_temperature_c = -10,
                            .xo_temperature_c = -11,
                            .pa_temperature_c = -12};
  module.power_cycle();
  CHECK(module.send("AT+CBC;+QADC=0") == framed("+CBC: 0,5,3300") + with_ok("+QADC: 1,0"));
  CHECK(module.send("AT+QTEMP") == with_ok("+QTEMP: -10,-11,-12"));
}

TEST_CASE("Reading forms that a command lacks are errors") {
  SettingsFixture module;
  for (const auto* line : {"AT+CBC?", "AT+QADC?", "AT+QTEMP?", "AT+QRIR?", "AT+CPAS?", "AT+CIMI?",
                           "AT+QCFG?", "AT+QICFG?", "AT+QINDCFG?", "AT+QURCCFG?", "AT+QINISTAT?"}) {
    CHECK(module.send(line) == kError);
  }
}

}  // namespace
}  // namespace vmodem::firmware
