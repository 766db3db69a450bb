#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr NetworkStage kDenied{.coverage = Coverage::kDenied};

}  // namespace

TEST_CASE("AT+CSQ maps dBm to the scale of 27.007") {
  ModemFixture module;
  CHECK(module.at("+CSQ=?") == framed("+CSQ: (0-31,99),(0-7,99)", "OK"));
  CHECK(module.at("+CSQ") == framed("+CSQ: 28,99", "OK"));
  struct Row {
    int dbm;
    std::string line;
  };
  for (const auto& row : {Row{-113, "+CSQ: 0,99"}, Row{-120, "+CSQ: 0,99"}, Row{-111, "+CSQ: 1,99"},
                          Row{-51, "+CSQ: 31,99"}, Row{-30, "+CSQ: 31,99"}}) {
    CAPTURE(row.dbm);
    module.change_network(Signal{.rssi_dbm = row.dbm});
    CHECK(module.at("+CSQ") == framed(row.line, "OK"));
  }
}

TEST_CASE("AT+QCSQ prints four values in LTE and the strength alone in GSM") {
  ModemFixture module;
  CHECK(module.at("+QCSQ=?") == framed("+QCSQ: \"NOSERVICE\",\"GSM\",\"eMTC\",\"NBIoT\"", "OK"));
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"eMTC\",-57,-85,175,-11", "OK"));
  module.at("+COPS=1,2,\"46001\",9");
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"NBIoT\",-57,-85,175,-11", "OK"));
  module.at("+COPS=1,2,\"46001\",0");
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"GSM\",-57", "OK"));
}

TEST_CASE("The SINR of AT+QCSQ counts fifths of a dB from -20") {
  ModemFixture module;
  module.change_network(Signal{.sinr_db = -3.2});
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"eMTC\",-57,-85,84,-11", "OK"));
  module.change_network(Signal{.sinr_db = -40});
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"eMTC\",-57,-85,0,-11", "OK"));
  module.change_network(Signal{.sinr_db = 40});
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"eMTC\",-57,-85,250,-11", "OK"));
}

TEST_CASE("AT+QNWINFO tells technology, operator, band and channel") {
  ModemFixture module;
  CHECK(module.at("+QNWINFO=?") == framed("OK"));
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: \"eMTC\",\"46001\",\"LTE BAND 3\",1300", "OK"));
  module.at("+COPS=1,2,\"46001\",9");
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: \"NBIoT\",\"46001\",\"LTE BAND 5\",2506", "OK"));
  module.at("+COPS=1,2,\"46001\",0");
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: \"EDGE\",\"46001\",\"GSM 900\",96", "OK"));
}

TEST_CASE("Without a cell there is nothing to measure") {
  ModemFixture module;
  module.change_network(kLost);
  CHECK(module.at("+CSQ") == framed("+CSQ: 99,99", "OK"));
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"NOSERVICE\"", "OK"));
  CHECK(module.at("+QNWINFO") == framed("+QNWINFO: No Service", "OK"));
}

TEST_CASE("A module that is refused still hears the cell") {
  ModemFixture module;
  module.change_network(kDenied);
  CHECK(module.at("+CSQ") == framed("+CSQ: 28,99", "OK"));
  CHECK(module.at("+QCSQ") == framed("+QCSQ: \"NOSERVICE\"", "OK"));
}

TEST_CASE("Measurements have no read and no write form") {
  ModemFixture module;
  for (const auto* line : {"+CSQ?", "+CSQ=1", "+QCSQ?", "+QCSQ=1", "+QNWINFO?", "+QNWINFO=1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("+QIND: \"csq\" tells what AT+CSQ would answer now, once for each change") {
  ModemFixture module;
  CHECK(module.change_network(Signal{.rssi_dbm = -70}).empty());
  CHECK(module.at("+QINDCFG=\"csq\",1") == framed("OK"));
  CHECK(module.change_network(Signal{.rssi_dbm = -81}) == framed("+QIND: \"csq\",16,99"));
  CHECK(module.change_network(Signal{.rssi_dbm = -81, .rsrp_dbm = -120}).empty());
  CHECK(module.change_network(Signal{.rssi_dbm = -80}).empty());
  CHECK(module.change_network(Signal{.rssi_dbm = -80, .ber = 3}) == framed("+QIND: \"csq\",16,3"));
  CHECK(module.change_network(kLost) == framed("+QIND: \"csq\",99,99"));
  CHECK(module.change_network(Signal{.rssi_dbm = -113}).empty());
  CHECK(module.change_network(Recovery{}) == framed("+QIND: \"csq\",0,99"));
  CHECK(module.at("+QINDCFG=\"csq\",0") == framed("OK"));
  CHECK(module.change_network(Signal{}).empty());
}

TEST_CASE("\"all\" silences +QIND: \"csq\"") {
  ModemFixture module;
  module.at("+QINDCFG=\"all\",0;+QINDCFG=\"csq\",1");
  CHECK(module.change_network(Signal{.rssi_dbm = -81}).empty());
  CHECK(module.at("+QINDCFG=\"all\",1") == framed("OK"));
  CHECK(module.change_network(Signal{.rssi_dbm = -91}) == framed("+QIND: \"csq\",11,99"));
}

TEST_CASE("+QIND: \"csq\" outlives power-off only where it was saved") {
  ModemFixture module;
  module.at("+QINDCFG=\"csq\",1,1");
  module.boot();
  CHECK(module.change_network(Signal{.rssi_dbm = -81}) == framed("+QIND: \"csq\",16,99"));
  module.at("+QINDCFG=\"csq\",0,1;+QINDCFG=\"csq\",1");
  module.boot();
  CHECK(module.change_network(Signal{.rssi_dbm = -81}).empty());
}

}  // namespace vmodem::firmware
