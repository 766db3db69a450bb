#include "tests/support/catch.h"
#include "tests/unit/modem/settings_fixture.h"

namespace vmodem::firmware {
namespace {

ModemConfig with_pin() {
  ModemConfig config;
  config.sim.pin_enabled = true;
  return config;
}

const std::string kReadyUrcs =
    framed("+CPIN: READY") + framed("+QUSIM: 1") + framed("+QIND: SMS DONE");

void use_up_pin(SettingsFixture& module) {
  CHECK(module.send("AT+CPIN=\"1111\"") == cme(16));
  CHECK(module.send("AT+CPIN=\"2222\"") == cme(16));
  CHECK(module.send("AT+CPIN=\"3333\"") == cme(12) + framed("+CPIN: SIM PUK"));
}

TEST_CASE("A ready SIM tells its state, its numbers and its counters") {
  SettingsFixture module;
  CHECK(module.take_output().empty());
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: READY"));
  CHECK(module.send("AT+CPIN=?") == kOk);
  CHECK(module.send("AT+CIMI") == with_ok("460014357610204"));
  CHECK(module.send("AT+CIMI=?") == kOk);
  CHECK(module.send("AT+QCCID") == with_ok("+QCCID: 89860117838009341024"));
  CHECK(module.send("AT+QCCID=?") == kOk);
  CHECK(module.send("AT+QPINC?") == with_ok("+QPINC: \"SC\",3,10\r\n+QPINC: \"P2\",3,10"));
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",3,10"));
  CHECK(module.send("AT+QPINC=\"p2\"") == with_ok("+QPINC: \"P2\",3,10"));
  CHECK(module.send("AT+QPINC=?") == with_ok("+QPINC: (\"SC\",\"P2\")"));
  CHECK(module.send("AT+QPINC=\"XX\"") == kError);
  CHECK(module.send("AT+QINISTAT") == with_ok("+QINISTAT: 3"));
  CHECK(module.send("AT+QINISTAT=?") == with_ok("+QINISTAT: (0-3)"));
}

TEST_CASE("A PIN that nobody asked for is not allowed, at every level of CMEE") {
  SettingsFixture module;
  CHECK(module.send("AT+CPIN=1234") == cme(3));
  CHECK(module.send("AT+CPIN=1234,5678") == cme(3));
  module.send("AT+CMEE=0");
  CHECK(module.send("AT+CPIN=1234") == kError);
  module.send("AT+CMEE=2");
  CHECK(module.send("AT+CPIN=1234") == framed("+CME ERROR: operation not allowed"));
}

TEST_CASE("Without a SIM every command says so in its own form") {
  ModemConfig config;
  config.sim.present = false;
  SettingsFixture module(config);
  CHECK(module.send("AT+CPIN?") == cme(10));
  CHECK(module.send("AT+CPIN=1234") == cme(10));
  CHECK(module.send("AT+CIMI") == cme(10));
  CHECK(module.send("AT+QCCID") == kError);
  CHECK(module.send("AT+CLCK=\"SC\",2") == cme(10));
  CHECK(module.send("AT+CPWD=\"SC\",\"1234\",\"5678\"") == cme(10));
  CHECK(module.send("AT+CRSM=176,12258,0,0,10") == cme(10));
  CHECK(module.send("AT+QPINC?") == cme(10));
  CHECK(module.send("AT+QPINC=\"SC\"") == cme(10));
  CHECK(module.send("AT+QINISTAT") == with_ok("+QINISTAT: 0"));
  CHECK(module.send("AT+QSIMSTAT?") == with_ok("+QSIMSTAT: 0,0"));
  module.send("AT+CMEE=2");
  CHECK(module.send("AT+CPIN?") == framed("+CME ERROR: SIM not inserted"));
}

TEST_CASE("The PIN opens the SIM, and its URCs follow the OK") {
  SettingsFixture module(with_pin());
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: SIM PIN"));
  CHECK(module.send("AT+CIMI") == cme(11));
  CHECK(module.send("AT+QCCID") == with_ok("+QCCID: 89860117838009341024"));
  CHECK(module.send("AT+QINISTAT") == with_ok("+QINISTAT: 0"));
  CHECK(module.send("AT+CPIN=1234") == kOk + kReadyUrcs);
  CHECK(module.send("AT+CIMI") == with_ok("460014357610204"));
}

TEST_CASE("SMS DONE comes as late as configured, after other commands") {
  auto config = with_pin();
  config.sim.sms_ready_delay = 3s;
  SettingsFixture module(config);
  CHECK(module.send("AT+CPIN=\"1234\"") == kOk + framed("+CPIN: READY") + framed("+QUSIM: 1"));
  CHECK(module.modem().poll_timeout() == Instant{} + 3s);
  CHECK(module.send("AT+QINISTAT") == with_ok("+QINISTAT: 1"));
  CHECK(module.advance(2999ms).empty());
  CHECK(module.advance(1ms) == framed("+QIND: SMS DONE"));
  CHECK(module.send("AT+QINISTAT") == with_ok("+QINISTAT: 3"));
  CHECK(module.advance(1min).empty());
}

TEST_CASE("Wrong PINs count down over power-off until the PUK sets a new PIN") {
  SettingsFixture module(with_pin());
  CHECK(module.send("AT+CPIN=\"1111\"") == cme(16));
  CHECK(module.send("AT+CPIN=\"2222\"") == cme(16));
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",1,10"));
  module.power_cycle();
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",1,10"));
  CHECK(module.send("AT+CPIN=\"3333\"") == cme(12) + framed("+CPIN: SIM PUK"));
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: SIM PUK"));
  CHECK(module.send("AT+CPIN=\"1234\"") == cme(12));
  CHECK(module.send("AT+CPIN=\"11111111\",\"4321\"") == cme(16));
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",0,9"));
  CHECK(module.send("AT+CPIN=\"12345678\",\"4321\"") == kOk + kReadyUrcs);
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",3,10"));
  module.power_cycle();
  CHECK(module.send("AT+CPIN=\"1234\"") == cme(16));
  CHECK(module.send("AT+CPIN=\"4321\"") == kOk + kReadyUrcs);
}

TEST_CASE("Ten wrong PUKs block the SIM for ever") {
  SettingsFixture module(with_pin());
  use_up_pin(module);
  for (int i = 0; i < 10; ++i) CHECK(module.send("AT+CPIN=\"00000000\",\"1234\"") == cme(16));
  CHECK(module.send("AT+CPIN?") == cme(13));
  module.power_cycle();
  CHECK(module.send("AT+CPIN=\"12345678\",\"1234\"") == cme(13));
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",0,0"));
}

TEST_CASE("A PIN of bad form is no attempt") {
  SettingsFixture module(with_pin());
  CHECK(module.send("AT+CPIN=\"123\"") == kError);
  CHECK(module.send("AT+CPIN=\"123456789\"") == kError);
  CHECK(module.send("AT+CPIN=\"12a4\"") == kError);
  CHECK(module.send("AT+CPIN=") == kError);
  CHECK(module.send("AT+CPIN=1234,5678,9") == kError);
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",3,10"));
}

TEST_CASE("A failure that cannot be saved is an error and no attempt") {
  SettingsFixture module(with_pin());
  module.fail_saves(true);
  CHECK(module.send("AT+CPIN=\"1111\"") == kError);
  module.fail_saves(false);
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",3,10"));
}

TEST_CASE("The lock lives in the SIM") {
  SettingsFixture module;
  CHECK(module.send("AT+CLCK=?") == with_ok("+CLCK: (\"SC\")"));
  CHECK(module.send("AT+CLCK=\"SC\",2") == with_ok("+CLCK: 0"));
  CHECK(module.send("AT+CLCK=\"SC\",1") == kError);
  CHECK(module.send("AT+CLCK=\"SC\",3") == kError);
  CHECK(module.send("AT+CLCK=\"PN\",2") == kError);
  CHECK(module.send("AT+CLCK=\"SC\",0,\"1234\"") == cme(3));
  CHECK(module.send("AT+CLCK=\"SC\",1,\"9999\"") == cme(16));
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",2,10"));
  CHECK(module.send("AT+CLCK=\"SC\",1,\"1234\"") == kOk);
  CHECK(module.send("AT+QPINC=\"SC\"") == with_ok("+QPINC: \"SC\",3,10"));
  CHECK(module.send("AT+CLCK=\"SC\",2") == with_ok("+CLCK: 1"));
  module.power_cycle();
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: SIM PIN"));
  CHECK(module.send("AT+CLCK=\"SC\",0,\"1234\"") == cme(11));
  CHECK(module.send("AT+CPIN=1234") == kOk + kReadyUrcs);
  CHECK(module.send("AT+CLCK=\"SC\",0,\"1234\"") == kOk);
  module.power_cycle();
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: READY"));
}

TEST_CASE("The PIN of a locked SIM can be changed") {
  SettingsFixture module;
  CHECK(module.send("AT+CPWD=?") == with_ok("+CPWD: (\"SC\",8)"));
  CHECK(module.send("AT+CPWD=\"SC\",\"1234\",\"5678\"") == cme(3));
  module.send("AT+CLCK=\"SC\",1,\"1234\"");
  CHECK(module.send("AT+CPWD=\"SC\",\"9999\",\"5678\"") == cme(16));
  CHECK(module.send("AT+CPWD=\"SC\",\"1234\"") == kError);
  CHECK(module.send("AT+CPWD=\"P2\",\"1234\",\"5678\"") == kError);
  CHECK(module.send("AT+CPWD=\"SC\",\"1234\",\"5678\"") == kOk);
  module.power_cycle();
  CHECK(module.send("AT+CPIN=1234") == cme(16));
  CHECK(module.send("AT+CPIN=5678") == kOk + kReadyUrcs);
}

TEST_CASE("Another ICCID is another card") {
  SettingsFixture module;
  module.send("AT+CLCK=\"SC\",1,\"1234\"");
  module.config.identity.iccid = "8949000000000000001F";
  module.power_cycle();
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: READY"));
  module.config.identity.iccid = ModemConfig{}.identity.iccid;
  module.power_cycle();
  CHECK(module.send("AT+CPIN?") == with_ok("+CPIN: SIM PIN"));
}

TEST_CASE("EF_ICCID and EF_IMSI can be read, other files are not found") {
  SettingsFixture module;
  CHECK(module.send("AT+CRSM=?") == kOk);
  CHECK(module.send("AT+CRSM=176,12258,0,0,10") ==
        with_ok("+CRSM: 144,0,\"98681071380890430142\""));
  CHECK(module.send("AT+CRSM=176,28423,0,0,9") == with_ok("+CRSM: 144,0,\"084906103475162040\""));
  CHECK(module.send("AT+CRSM=176,28423,0,1,2") == with_ok("+CRSM: 144,0,\"4906\""));
  CHECK(module.send("AT+CRSM=176,28423,0,0,10") == with_ok("+CRSM: 103,0"));
  CHECK(module.send("AT+CRSM=176,28423,0,9,1") == with_ok("+CRSM: 107,0"));
  CHECK(module.send("AT+CRSM=192,12258") ==
        with_ok("+CRSM: 144,0,\"0000000A2FE20400FFFFFF01020000\""));
  CHECK(module.send("AT+CRSM=178,12258,1,4,10") == with_ok("+CRSM: 105,129"));
  CHECK(module.send("AT+CRSM=214,12258,0,0,1,\"00\"") == with_ok("+CRSM: 105,130"));
  CHECK(module.send("AT+CRSM=176,28417,0,0,9") == with_ok("+CRSM: 106,130"));
  CHECK(module.send("AT+CRSM=242") == with_ok("+CRSM: 144,0"));
  CHECK(module.send("AT+CRSM=177,12258") == kError);
}

TEST_CASE("Detection and its report are saved and count after the next boot") {
  SettingsFixture module;
  CHECK(module.send("AT+QSIMDET=?") == with_ok("+QSIMDET: (0,1),(0,1)"));
  CHECK(module.send("AT+QSIMDET?") == with_ok("+QSIMDET: 0,0"));
  CHECK(module.send("AT+QSIMDET=1") == kError);
  CHECK(module.send("AT+QSIMDET=1,2") == kError);
  CHECK(module.send("AT+QSIMDET=1,1") == kOk);
  CHECK(module.send("AT+QSIMDET?") == with_ok("+QSIMDET: 1,1"));
  CHECK(module.send("AT+QSIMSTAT=?") == with_ok("+QSIMSTAT: (0,1)"));
  CHECK(module.send("AT+QSIMSTAT?") == with_ok("+QSIMSTAT: 0,1"));
  CHECK(module.send("AT+QSIMSTAT=2") == kError);
  CHECK(module.send("AT+QSIMSTAT=1") == kOk);
  CHECK(module.remove_sim().empty());
  CHECK(module.insert_sim().empty());

  module.power_cycle();
  CHECK(module.send("AT+QSIMDET?") == with_ok("+QSIMDET: 1,1"));
  CHECK(module.send("AT+QSIMSTAT?") == with_ok("+QSIMSTAT: 1,1"));
  CHECK(module.remove_sim() == framed("+QSIMSTAT: 1,0") + framed("+CPIN: NOT READY"));
  CHECK(module.send("AT+CPIN?") == cme(10));
  CHECK(module.send("AT+QSIMSTAT?") == with_ok("+QSIMSTAT: 1,0"));
  CHECK(module.remove_sim().empty());
  CHECK(module.insert_sim() == framed("+QSIMSTAT: 1,1") + kReadyUrcs);
  CHECK(module.insert_sim().empty());
}

TEST_CASE("An inserted SIM asks for its PIN again") {
  SettingsFixture module(with_pin());
  module.send("AT+QSIMDET=1,0");
  module.power_cycle();
  module.send("AT+CPIN=1234");
  CHECK(module.remove_sim() == framed("+CPIN: NOT READY"));
  CHECK(module.insert_sim() == framed("+CPIN: SIM PIN"));
}

TEST_CASE("A SIM that takes its time is busy until it is read") {
  SettingsFixture module;
  module.send("AT+QSIMDET=1,0");
  module.config.sim.ready_delay = 1s;
  module.power_cycle();
  module.remove_sim();
  CHECK(module.insert_sim().empty());
  CHECK(module.send("AT+CPIN?") == cme(14));
  CHECK(module.send("AT+QSIMSTAT?") == with_ok("+QSIMSTAT: 0,2"));
  CHECK(module.advance(1s) == kReadyUrcs);
}

TEST_CASE("An unnoticed removal shows, and an unnoticed insertion waits for power") {
  SettingsFixture module;
  CHECK(module.remove_sim().empty());
  CHECK(module.send("AT+CIMI") == cme(10));
  CHECK(module.insert_sim().empty());
  CHECK(module.send("AT+CIMI") == cme(10));
}

TEST_CASE("The files of the card are those of its operator (31.102 §4.2)") {
  struct Row {
    int file;
    const char* content;
  };
  const auto row = GENERATE(
      Row{0x6FAD, "00000002"}, Row{0x6F38, "00001F0001060000000010"},
      Row{0x6F46, "0043484E2D554E49434F4DFFFFFFFFFFFF"}, Row{0x6F78, "0010"}, Row{0x6F31, "05"},
      Row{0x6F7E, "FFFFFFFF64F0100000FF01"}, Row{0x6F73, "FFFFFFFFFFFFFF64F0100000FF01"},
      Row{0x6FE3, "FFFFFFFFFFFFFFFFFFFFFFFF64F010000001"}, Row{0x6F62, "64F0104080"},
      Row{0x6F60, "FFFFFF0000FFFFFF0000FFFFFF0000FFFFFF0000FFFFFF0000FFFFFF0000FFFFFF0000FFFFFF"
                  "0000"},
      Row{0x6F7B, "FFFFFFFFFFFFFFFFFFFFFFFF"}, Row{0x6F3E, "FF"}, Row{0x6F3F, "FF"});
  CAPTURE(row.file);
  SettingsFixture module;
  CHECK(module.send("AT+CRSM=176," + std::to_string(row.file) + ",0,0,0") ==
        with_ok("+CRSM: 144,0,\"" + std::string(row.content) + "\""));
}

TEST_CASE("Files of records are read by record") {
  SettingsFixture module;
  CHECK(module.send("AT+CRSM=178,28599,1,4,0") == with_ok("+CRSM: 144,0,\"11F2FF00\""));
  CHECK(module.send("AT+CRSM=178,28599,1,4,4") == with_ok("+CRSM: 144,0,\"11F2FF00\""));
  CHECK(module.send("AT+CRSM=178,28599,1,4,3") == with_ok("+CRSM: 103,0"));
  CHECK(module.send("AT+CRSM=178,28599,2,4,4") == with_ok("+CRSM: 106,131"));
  CHECK(module.send("AT+CRSM=178,28599,1,3,4") == with_ok("+CRSM: 106,134"));
  CHECK(module.send("AT+CRSM=176,28599,0,0,0") == with_ok("+CRSM: 105,129"));
  CHECK(module.send("AT+CRSM=214,28599,0,0,1,\"00\"") == with_ok("+CRSM: 105,129"));
  CHECK(module.send("AT+CRSM=220,28599,1,4,4,\"00\"") == with_ok("+CRSM: 105,130"));
  CHECK(module.send("AT+CRSM=192,28480") ==
        with_ok("+CRSM: 144,0,\"0000001C6F400400FFFFFF0102011C\""));
}

}  // namespace
}  // namespace vmodem::firmware
