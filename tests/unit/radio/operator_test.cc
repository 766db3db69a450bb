#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {

TEST_CASE("AT+COPS? names the operator in the format that was chosen last") {
  ModemFixture module;
  CHECK(module.at("+COPS?") == framed("+COPS: 0,0,\"CHN-UNICOM\",8", "OK"));
  CHECK(module.at("+COPS=3,1") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 0,1,\"UNICOM\",8", "OK"));
  CHECK(module.at("+COPS=0,2") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 0,2,\"46001\",8", "OK"));
}

TEST_CASE("AT+COPS=? lists what the model hears, the current one as 2") {
  ModemFixture module;
  CHECK(module.at("+COPS=?") == framed("+COPS: (2,\"CHN-UNICOM\",\"UNICOM\",\"46001\",8),"
                                       "(1,\"CHN-UNICOM\",\"UNICOM\",\"46001\",9),"
                                       "(1,\"CHN-UNICOM\",\"UNICOM\",\"46001\",0),"
                                       "(1,\"CHINA MOBILE\",\"CMCC\",\"46000\",8),"
                                       "(3,\"CHN-CT\",\"CT\",\"46011\",8),,(0,1,2,3,4),(0,1,2)",
                                       "OK"));
}

TEST_CASE("AT+COPS=? of a Cat M1 module lists eMTC networks") {
  ModemConfig config;
  config.identity.model = "BG95-M1";
  ModemFixture module(config);
  CHECK(module.at("+COPS=?") == framed("+COPS: (2,\"CHN-UNICOM\",\"UNICOM\",\"46001\",8),"
                                       "(1,\"CHINA MOBILE\",\"CMCC\",\"46000\",8),"
                                       "(3,\"CHN-CT\",\"CT\",\"46011\",8),,(0,1,2,3,4),(0,1,2)",
                                       "OK"));
}

TEST_CASE("Without coverage nothing is selected and the search finds nothing") {
  ModemFixture module;
  module.change_network(kLost);
  CHECK(module.at("+COPS?") == framed("+COPS: 0", "OK"));
  CHECK(module.at("+COPS=?") == framed("+COPS: ,,(0,1,2,3,4),(0,1,2)", "OK"));
}

TEST_CASE("An operator is chosen by any of its names, and on one technology") {
  ModemFixture module;
  CHECK(module.at("+COPS=1,2,\"46000\"") == framed("OK"));
  CHECK(module.at("+COPS?;+CREG?") ==
        "\r\n+COPS: 1,2,\"46000\",8\r\n" + framed("+CREG: 0,5", "OK"));
  CHECK(module.at("+COPS=1,0,\"CHN-UNICOM\",9") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 1,0,\"CHN-UNICOM\",9", "OK"));
  CHECK(module.at("+COPS=4,1,\"UNICOM\",0") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 4,1,\"UNICOM\",0", "OK"));
  CHECK(module.at("+COPS=1,2,46001") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 1,2,\"46001\",8", "OK"));
}

TEST_CASE("An operator that is not there is no network service, and no other one is taken") {
  ModemFixture module;
  CHECK(module.at("+COPS=1,2,\"26201\"") == framed("+CME ERROR: 30"));
  CHECK(module.at("+COPS?") == framed("+COPS: 1", "OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 0,2", "OK"));
  CHECK(module.at("+COPS=0") == framed("OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 0,1", "OK"));
}

TEST_CASE("A forbidden operator refuses with its cause") {
  ModemFixture module;
  module.at("+CEREG=4");
  CHECK(module.at("+COPS=1,2,\"46011\"") == framed("+CME ERROR: 32", "+CEREG: 3,,,,0,11"));
}

TEST_CASE("Mode 4 falls back to the automatic choice") {
  ModemFixture module;
  CHECK(module.at("+COPS=4,2,\"26201\"") == framed("OK"));
  CHECK(module.at("+COPS?") == framed("+COPS: 0,2,\"46001\",8", "OK"));
}

TEST_CASE("AT+COPS=2 leaves the network and AT+COPS=0 comes back") {
  ModemFixture module;
  module.at("+CREG=1");
  CHECK(module.at("+COPS=2") == framed("OK", "+CREG: 0"));
  CHECK(module.at("+COPS?") == framed("+COPS: 2", "OK"));
  CHECK(module.at("+COPS=0") == framed("OK", "+CREG: 1"));
}

TEST_CASE("Forms of AT+COPS that the note does not know are errors") {
  ModemFixture module;
  for (const auto* line :
       {"+COPS", "+COPS=", "+COPS=5", "+COPS=0,3", "+COPS=1", "+COPS=1,2", "+COPS=1,2,",
        "+COPS=1,2,\"46001\",7", "+COPS=1,2,\"46001\",8,1", "+COPS=\"0\"", "+COPS=1,2,UNICOM"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
  CHECK(module.at("+COPS?") == framed("+COPS: 0,0,\"CHN-UNICOM\",8", "OK"));
}

TEST_CASE("The choice of the operator survives power-off") {
  ModemFixture module;
  module.at("+COPS=1,2,\"46001\",9");
  module.boot();
  CHECK(module.at("+COPS?") == framed("+COPS: 1,2,\"46001\",9", "OK"));
  module.at("+COPS=2");
  module.boot();
  CHECK(module.at("+COPS?") == framed("+COPS: 2", "OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 0,0", "OK"));
}

}  // namespace vmodem::firmware
