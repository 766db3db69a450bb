#include "firmware/radio/power_saving.h"

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

class FullStore final : public NvStore {
 public:
  [[nodiscard]] std::string load() const override { return {}; }
  [[nodiscard]] bool save(std::string_view) override { return false; }
};

}  // namespace

TEST_CASE("AT+CPSMS keeps what is left out, over power-off too") {
  ModemFixture module;
  CHECK(module.at("+CPSMS=?") ==
        framed("+CPSMS: (0,1),(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\"),"
               "(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\")", "OK"));
  CHECK(module.at("+CPSMS?") == framed("+CPSMS: 0,,,\"00101100\",\"00001010\"", "OK"));
  CHECK(module.at("+CPSMS=1,,,\"00000100\",\"00001111\"") == framed("OK"));
  CHECK(module.at("+CPSMS?") == framed("+CPSMS: 1,,,\"00000100\",\"00001111\"", "OK"));
  CHECK(module.at("+CPSMS=0") == framed("OK"));
  CHECK(module.at("+CPSMS=1,\"00000001\",\"00000010\"") == framed("OK"));
  module.boot();
  CHECK(module.at("+CPSMS?") ==
        framed("+CPSMS: 1,\"00000001\",\"00000010\",\"00000100\",\"00001111\"", "OK"));
}

TEST_CASE("AT+CPSMS= forgets every timer") {
  ModemFixture module;
  module.at("+CPSMS=1,,,\"00000100\",\"00001111\"");
  CHECK(module.at("+CPSMS=") == framed("OK"));
  CHECK(module.at("+CPSMS?") == framed("+CPSMS: 0,,,\"00101100\",\"00001010\"", "OK"));
}

TEST_CASE("AT+QPSMS shows what the network has granted, in seconds") {
  ModemConfig config;
  config.network.granted_tau = "00111000";          // 24 h
  config.network.granted_active_time = "00000001";  // 2 s
  ModemFixture module(config);
  CHECK(module.at("+QPSMS=?") ==
        framed("+QPSMS: (0,1),(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\"),"
               "(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\")", "OK"));
  CHECK(module.at("+QPSMS?") == framed("+QPSMS: 0,,,,", "OK"));
  CHECK(module.at("+QPSMS=1,,,\"00000100\",\"00001111\"") == framed("OK"));
  CHECK(module.at("+QPSMS?") == framed("+QPSMS: 1,,,\"86400\",\"2\"", "OK"));
  CHECK(module.at("+CPSMS?") == framed("+CPSMS: 1,,,\"00000100\",\"00001111\"", "OK"));
  module.change_network(kLost);
  CHECK(module.at("+QPSMS?") == framed("+QPSMS: 1,,,,", "OK"));
}

TEST_CASE("Timers are eight bits between quotes") {
  ModemFixture module;
  for (const auto* line :
       {"+CPSMS", "+CPSMS=2", "+CPSMS=\"1\"", "+CPSMS=1,,,00000100", "+CPSMS=1,,,\"0000010\"",
        "+CPSMS=1,,,\"000001000\"", "+CPSMS=1,,,\"00000102\"",
        "+CPSMS=1,,,\"00000100\",\"00001111\",1", "+QPSMS=2", "+QPSMS=1,,,\"\""}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
  CHECK(module.at("+CPSMS?") == framed("+CPSMS: 0,,,\"00101100\",\"00001010\"", "OK"));
}

TEST_CASE("Timer octets count in the units of 24.008") {
  CHECK(tau_seconds("00000001") == 600);
  CHECK(tau_seconds("00101100") == 43200);
  CHECK(tau_seconds("01000010") == 72000);
  CHECK(tau_seconds("01100011") == 6);
  CHECK(tau_seconds("10000010") == 60);
  CHECK(tau_seconds("10111111") == 1860);
  CHECK(tau_seconds("11000001") == 1152000);
  CHECK(tau_seconds("11100001") == std::nullopt);
  CHECK(active_time_seconds("00001010") == 20);
  CHECK(active_time_seconds("00100001") == 60);
  CHECK(active_time_seconds("01000010") == 720);
  CHECK(active_time_seconds("01100001") == 60);
  CHECK(active_time_seconds("11111111") == std::nullopt);
}

TEST_CASE("New timers show in +CEREG mode 4 at once") {
  ModemFixture module;
  module.at("+CEREG=4");
  CHECK(module.at("+CPSMS=1,,,\"00000100\",\"00001111\"") ==
        framed("OK", "+CEREG: 1,\"00C3\",\"01A2D101\",8,,,\"00001111\",\"00000100\""));
}

TEST_CASE("+QPSMTIMER follows a grant where AT+QCFG=\"psm/urc\" asks for it") {
  ModemFixture module;
  SavedSettings saved(module.settings);
  saved.set(kPsmUrc, 1);
  REQUIRE(saved.save());
  module.boot();
  CHECK(module.at("+CPSMS=1") == framed("OK", "+QPSMTIMER: 43200,20"));
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(Recovery{}) == framed("+QPSMTIMER: 43200,20"));
  CHECK(module.at("+CPSMS=0") == framed("OK"));
}

TEST_CASE("AT+CEDRXS switches eDRX by technology, and keeps it over power-off") {
  ModemFixture module;
  CHECK(module.at("+CEDRXS=?") == framed("+CEDRXS: (0-3),(4,5),(\"0000\"-\"1111\")", "OK"));
  CHECK(module.at("+CEDRXS?") == framed("OK"));
  CHECK(module.at("+CEDRXS=1,4,\"0101\"") == framed("OK"));
  CHECK(module.at("+CEDRXS?") == framed("+CEDRXS: 4,\"0101\"", "OK"));
  CHECK(module.at("+CEDRXS=1") == framed("OK"));
  module.boot();
  CHECK(module.at("+CEDRXS?") ==
        "\r\n+CEDRXS: 4,\"0101\"\r\n+CEDRXS: 5,\"0001\"\r\n" + framed("OK"));
  CHECK(module.at("+CEDRXS=0,4") == framed("OK"));
  CHECK(module.at("+CEDRXS?") == framed("+CEDRXS: 5,\"0001\"", "OK"));
  CHECK(module.at("+CEDRXS=0") == framed("OK"));
  CHECK(module.at("+CEDRXS?") == framed("OK"));
}

TEST_CASE("AT+CEDRXS=3 and AT+CEDRXS= forget the cycles") {
  for (const auto* reset : {"+CEDRXS=3", "+CEDRXS="}) {
    CAPTURE(reset);
    ModemFixture module;
    module.at("+CEDRXS=1,4,\"0101\"");
    CHECK(module.at(reset) == framed("OK"));
    CHECK(module.at("+CEDRXS?") == framed("OK"));
    CHECK(module.at("+CEDRXS=1,4;+CEDRXS?") == framed("+CEDRXS: 4,\"0001\"", "OK"));
  }
}

TEST_CASE("AT+CEDRXS=2 announces what the network grants") {
  ModemFixture module;
  CHECK(module.at("+CEDRXS=2,4,\"0101\"") == framed("OK", "+CEDRXP: 4,\"0101\",\"0101\",\"0011\""));
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(Recovery{}) == framed("+CEDRXP: 4,\"0101\",\"0101\",\"0011\""));
  CHECK(module.at("+CEDRXS=0,5") == framed("OK"));
  CHECK(module.at("+CEDRXS=1,4") == framed("OK"));
}

TEST_CASE("AT+CEDRXRDP shows the eDRX of the technology in use") {
  ModemConfig config;
  config.network.granted_edrx = "0010";
  ModemFixture module(config);
  CHECK(module.at("+CEDRXRDP=?") == framed("OK"));
  CHECK(module.at("+CEDRXRDP") == framed("+CEDRXRDP: 0", "OK"));
  module.at("+CEDRXS=1,5,\"0101\"");
  CHECK(module.at("+CEDRXRDP") == framed("+CEDRXRDP: 0", "OK"));
  module.at("+COPS=1,2,\"46001\",9");
  CHECK(module.at("+CEDRXRDP") == framed("+CEDRXRDP: 5,\"0101\",\"0010\",\"0011\"", "OK"));
  module.at("+COPS=1,2,\"46001\",0");
  CHECK(module.at("+CEDRXRDP") == framed("+CEDRXRDP: 0", "OK"));
}

TEST_CASE("+CEDRXP tells of the technology in service only") {
  ModemFixture module;
  CHECK(module.at("+CEDRXS=2,4,\"0101\"") == framed("OK", "+CEDRXP: 4,\"0101\",\"0101\",\"0011\""));
  CHECK(module.at("+CEDRXS=2,5,\"0010\"") == framed("OK"));
  CHECK(module.at("+CEDRXS=2") == framed("OK", "+CEDRXP: 4,\"0101\",\"0101\",\"0011\""));
}

TEST_CASE("Another area or technology grants PSM and eDRX anew, a cell of the same area does not") {
  ModemFixture module;
  module.at("+QCFG=\"psm/urc\",1;+CPSMS=1,,,\"00000100\",\"00001111\"");
  CHECK(module.at("+CEDRXS=2,5,\"0010\"") == framed("OK"));
  CHECK(module.change_network(Cell{.id = "A1B2"}).empty());
  CHECK(module.change_network(Cell{.area_code = "0102"}) == framed("+QPSMTIMER: 2400,30"));
  CHECK(module.at("+QCFG=\"iotopmode\",1,1") ==
        framed("OK", "+QPSMTIMER: 2400,30", "+CEDRXP: 5,\"0010\",\"0010\",\"0011\""));
}

TEST_CASE("Values that eDRX and sleep do not know are errors") {
  ModemFixture module;
  for (const auto* line :
       {"+CEDRXS", "+CEDRXS=4", "+CEDRXS=1,3", "+CEDRXS=1,4,0101", "+CEDRXS=1,4,\"010\"",
        "+CEDRXS=1,4,\"0102\"", "+CEDRXS=1,4,\"0101\",1", "+CEDRXRDP?", "+CEDRXRDP=1", "+QSCLK",
        "+QSCLK=", "+QSCLK=2", "+QSCLK=1,1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("AT+QSCLK is gone after power-off") {
  ModemFixture module;
  CHECK(module.at("+QSCLK=?") == framed("+QSCLK: (0,1)", "OK"));
  CHECK(module.at("+QSCLK?") == framed("+QSCLK: 0", "OK"));
  CHECK(module.at("+QSCLK=1") == framed("OK"));
  CHECK(module.at("+QSCLK?") == framed("+QSCLK: 1", "OK"));
  module.boot();
  CHECK(module.at("+QSCLK?") == framed("+QSCLK: 0", "OK"));
}

TEST_CASE("A setting that cannot be saved is an error") {
  FullStore full;
  ModemFixture module;
  module.modem.emplace(module.config, module.files, full, module.random);
  module.send("ATE0\r");
  for (const auto* line : {"+CPSMS=1", "+CPSMS=", "+QPSMS=1", "+CEDRXS=1,4", "+COPS=0"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("Saved settings that somebody has spoilt count as never set") {
  ModemFixture module;
  REQUIRE(module.settings.save("cops.mode=9\ncops.format=7\ncpsms.tau=99999999\n"));
  module.boot();
  CHECK(module.at("+COPS?") == framed("+COPS: 0,0,\"CHN-UNICOM\",8", "OK"));
  CHECK(module.at("+CPSMS=1") == framed("OK"));
  CHECK(module.at("+QPSMS?") == framed("+QPSMS: 1,,,\"0\",\"20\"", "OK"));
}

}  // namespace vmodem::firmware
