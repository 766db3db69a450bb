// AT+CGDCONT and AT+QICSGP: one saved store (quectel-at.md §7).
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

class BrokenNvStore final : public NvStore {
 public:
  [[nodiscard]] std::string load() const override { return {}; }
  [[nodiscard]] bool save(std::string_view) override { return false; }
};

}  // namespace

TEST_CASE("AT+CGDCONT tells its ranges once a type") {
  ModemFixture module;
  CHECK(module.at("+CGDCONT=?") ==
        "\r\n+CGDCONT: (1-15),\"IP\",,,(0,1,2),(0,1,2,3,4),(0)"
        "\r\n+CGDCONT: (1-15),\"PPP\",,,(0,1,2),(0,1,2,3,4),(0)"
        "\r\n+CGDCONT: (1-15),\"IPV6\",,,(0,1,2),(0,1,2,3,4),(0)"
        "\r\n+CGDCONT: (1-15),\"IPV4V6\",,,(0,1,2),(0,1,2,3,4),(0)"
        "\r\n+CGDCONT: (1-15),\"Non-IP\",,,(0,1,2),(0,1,2,3,4),(0)\r\n"
        "\r\nOK\r\n");
}

TEST_CASE("AT+CGDCONT? lists the defined contexts, at first the first one") {
  ModemFixture module;
  CHECK(module.at("+CGDCONT?") == framed("+CGDCONT: 1,\"IP\",\"\",\"0.0.0.0\",0,0,0", "OK"));
  CHECK(module.at("+CGDCONT=1,\"ip\",\"iot.example\"") == framed("OK"));
  CHECK(module.at("+CGDCONT=15,\"non-ip\",\"nidd\",\"10.0.0.9\",2,4,0") == framed("OK"));
  CHECK(module.at("+CGDCONT?") ==
        "\r\n+CGDCONT: 1,\"IP\",\"iot.example\",\"0.0.0.0\",0,0,0"
        "\r\n+CGDCONT: 15,\"Non-IP\",\"nidd\",\"10.0.0.9\",2,4,0\r\n\r\nOK\r\n");
}

TEST_CASE("AT+CGDCONT with the cid alone undefines it, but not while it is active") {
  ModemFixture module(without_default_bearer());
  CHECK(module.at("+CGDCONT=1") == framed("OK"));
  CHECK(module.at("+CGDCONT?") == framed("OK"));
  CHECK(module.at("+CGDCONT=2,\"IP\",\"a\";+CGACT=1,2") == framed("OK"));
  CHECK(module.at("+CGDCONT=2") == framed("ERROR"));
  CHECK(module.at("+CGACT=0,2;+CGDCONT=2") == framed("OK"));
  CHECK(module.at("+CGDCONT?") == framed("OK"));
}

TEST_CASE("A definition of an active context counts from its next activation") {
  ModemFixture module;
  CHECK(module.at("+QIACT=1") == framed("OK"));
  CHECK(module.at("+CGDCONT=1,\"IPV6\",\"six\"") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("+QIACT: 1,1,1,\"10.76.51.180\"", "OK"));
  CHECK(module.at("+QIDEACT=1;+QIACT=1") == framed("OK"));
  CHECK(module.at("+QIACT?") == framed("+QIACT: 1,1,2,\"2001:db8:4c33:1::1\"", "OK"));
}

TEST_CASE("AT+QICSGP reads back without the context, as the factory left it") {
  ModemFixture module;
  CHECK(module.at("+QICSGP=?") ==
        framed("+QICSGP: (1-16),(1-3),<APN>,<username>,<password>,(0-3)", "OK"));
  for (const auto* query : {"+QICSGP=1", "+QICSGP=16"}) {
    CHECK(module.at(query) == framed("+QICSGP: 1,\"\",\"\",\"\",0", "OK"));
  }
  CHECK(module.at("+QICSGP=1,3,\"iot.example\",\"me\",\"secret\",2") == framed("OK"));
  CHECK(module.at("+QICSGP=1") == framed("+QICSGP: 3,\"iot.example\",\"me\",\"secret\",2", "OK"));
}

TEST_CASE("AT+QICSGP keeps what is left out") {
  ModemFixture module;
  module.at("+QICSGP=1,1,\"a\",\"me\",\"secret\",1");
  CHECK(module.at("+QICSGP=1,1,\"b\"") == framed("OK"));
  CHECK(module.at("+QICSGP=1") == framed("+QICSGP: 1,\"b\",\"me\",\"secret\",1", "OK"));
  CHECK(module.at("+QICSGP=1,1,\"b\",\"you\"") == framed("ERROR"));
  CHECK(module.at("+QICSGP=1,1,\"b\",\"\",\"\"") == framed("OK"));
  CHECK(module.at("+QICSGP=1") == framed("+QICSGP: 1,\"b\",\"\",\"\",1", "OK"));
  module.at("+QICSGP=1,3,\"b\"");
  CHECK(module.at("+QICSGP=1,,\"c\"") == framed("OK"));
  CHECK(module.at("+QICSGP=1") == framed("+QICSGP: 3,\"c\",\"\",\"\",1", "OK"));
}

TEST_CASE("What is activated is defined") {
  ModemFixture module;
  CHECK(module.at("+QIACT=7") == framed("OK"));
  CHECK(module.at("+CGDCONT?") ==
        "\r\n+CGDCONT: 1,\"IP\",\"\",\"0.0.0.0\",0,0,0"
        "\r\n+CGDCONT: 7,\"IP\",\"\",\"0.0.0.0\",0,0,0\r\n\r\nOK\r\n");
  CHECK(module.at("+CGPADDR=7") == framed("+CGPADDR: 7,10.76.51.186", "OK"));
  CHECK(module.at("+QIDEACT=7;+CGPADDR=7") == framed("+CGPADDR: 7", "OK"));
}

TEST_CASE("AT+CGDCONT and AT+QICSGP describe the same contexts") {
  ModemFixture module(without_default_bearer());
  module.at("+CGDCONT=2,\"IPV4V6\",\"both.example\"");
  CHECK(module.at("+QICSGP=2") == framed("+QICSGP: 3,\"both.example\",\"\",\"\",0", "OK"));
  module.at("+QICSGP=2,2,\"six.example\",\"me\",\"secret\",1");
  module.at("+CGDCONT=1");
  CHECK(module.at("+CGDCONT?") ==
        framed("+CGDCONT: 2,\"IPV6\",\"six.example\",\"0.0.0.0\",0,0,0", "OK"));
  module.at("+CGDCONT=2,\"IP\",\"four.example\"");
  CHECK(module.at("+QICSGP=2") == framed("+QICSGP: 1,\"four.example\",\"me\",\"secret\",1", "OK"));
}

TEST_CASE("AT+QICSGP refuses an APN that another context has") {
  ModemFixture module;
  module.at("+QICSGP=1,1,\"iot.example\"");
  CHECK(module.at("+QICSGP=2,1,\"IOT.example\"") == framed("ERROR"));
  CHECK(module.at("+QICSGP=2,1,\"iot.example.net\"") == framed("OK"));
  CHECK(module.at("+QICSGP=1,1,\"iot.example\"") == framed("OK"));
  CHECK(module.at("+QICSGP=2,1,\"\"") == framed("OK"));
}

TEST_CASE("Definitions outlive a power-off") {
  ModemFixture module;
  module.at("+QICSGP=1,1,\"iot.example\",\"me\",\"secret\",3");
  module.at("+CGDCONT=3,\"IPV6\",\"six.example\"");
  module.boot();
  CHECK(module.at("+QICSGP=1") == framed("+QICSGP: 1,\"iot.example\",\"me\",\"secret\",3", "OK"));
  CHECK(module.at("+QICSGP=3") == framed("+QICSGP: 2,\"six.example\",\"\",\"\",0", "OK"));
}

TEST_CASE("A definition that cannot be saved is an error and changes nothing") {
  BrokenNvStore broken;
  ufs::MemoryStore files;
  SeededRandom random{1};
  Modem modem({}, files, broken, random);
  const auto at = [&](std::string_view line) {
    modem.handle_serial(Instant{}, as_bytes(line));
    while (modem.poll_action()) continue;
    std::string output(as_text(modem.poll_serial()));
    modem.handle_serial_written(output.size());
    return output;
  };
  at("ATE0\r");
  CHECK(at("AT+CGDCONT=1,\"IP\",\"a\"\r") == framed("ERROR"));
  CHECK(at("AT+QICSGP=1,1,\"a\"\r") == framed("ERROR"));
  CHECK(at("AT+CTZU=0\r") == framed("ERROR"));
  CHECK(at("AT+CTZR=1\r") == framed("ERROR"));
  CHECK(at("AT+QICSGP=1\r") == framed("+QICSGP: 1,\"\",\"\",\"\",0", "OK"));
  CHECK(at("AT+CTZU?;+CTZR?\r") == framed("+CTZU: 1") + framed("+CTZR: 0", "OK"));
}

TEST_CASE("Values that AT+CGDCONT and AT+QICSGP do not know are errors") {
  ModemFixture module;
  for (const auto* line :
       {"+CGDCONT", "+CGDCONT=", "+CGDCONT=0", "+CGDCONT=16", "+CGDCONT=1,\"X25\"",
        "+CGDCONT=1,\"IP\",\"a\",\"\",3", "+CGDCONT=1,\"IP\",\"a\",\"\",0,5",
        "+CGDCONT=1,\"IP\",\"a\",\"\",0,0,1", "+QICSGP", "+QICSGP?", "+QICSGP=0", "+QICSGP=17",
        "+QICSGP=1,1", "+QICSGP=1,4,\"a\"", "+QICSGP=1,1,\"a\",\"b\",\"c\",4"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

}  // namespace vmodem::firmware
