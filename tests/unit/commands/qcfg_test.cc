#include "tests/support/catch.h"
#include "tests/unit/modem/settings_fixture.h"

namespace vmodem::firmware {
namespace {

ModemConfig model(std::string_view name) {
  ModemConfig config;
  config.identity.model = name;
  return config;
}

std::string query(std::string_view tag) {
  return "AT+QCFG=\"" + std::string(tag) + '"';
}

std::string answer(std::string_view tag, std::string_view values) {
  return with_ok("+QCFG: \"" + std::string(tag) + "\"," + std::string(values));
}

TEST_CASE("AT+QCFG lists its tags as a BG95-M3 does") {
  SettingsFixture module;
  CHECK(module.send("AT+QCFG=?") ==
        with_ok("+QCFG: \"nwscanmode\",(0,1,3),(0,1)\r\n"
                "+QCFG: \"servicedomain\",(1,2),(0,1)\r\n"
                "+QCFG: \"nwscanseq\",(00-010203),(0,1)\r\n"
                "+QCFG: \"band\",(0-F),(0-0x100002000000000F0E189F),"
                "(0-0x10004200000000090E189F),(0,1)\r\n"
                "+QCFG: \"iotopmode\",(0-2),(0,1)\r\n"
                "+QCFG: \"celevel\",(0-2)\r\n"
                "+QCFG: \"urc/ri/ring\",(\"off\",\"pulse\",\"always\",\"auto\",\"wave\"),(1-2000),"
                "(1-10000),(1-10000),(\"off\",\"on\"),(1-5)\r\n"
                "+QCFG: \"urc/ri/smsincoming\",(\"off\",\"pulse\",\"always\"),(1-2000),(1-5)\r\n"
                "+QCFG: \"urc/ri/other\",(\"off\",\"pulse\"),(1-2000),(1-5)\r\n"
                "+QCFG: \"risignaltype\",(\"respective\",\"physical\")\r\n"
                "+QCFG: \"urc/delay\",(0,1)\r\n"
                "+QCFG: \"ledmode\",(0,1,3)\r\n"
                "+QCFG: \"gpio\",<mode>,<pin>[,[<dir>,<pull>,<drv>]/[<val>][,<save>]]\r\n"
                "+QCFG: \"airplanecontrol\",(0,1)\r\n"
                "+QCFG: \"cmux/urcport\",(0-4)\r\n"
                "+QCFG: \"apready\",(0,1),(0,1),(100-3000)\r\n"
                "+QCFG: \"nccconf\",(0-1FF)\r\n"
                "+QCFG: \"psm/enter\",(0,1)\r\n"
                "+QCFG: \"psm/urc\",(0,1)\r\n"
                "+QCFG: \"simeffect\",(0,1)\r\n"
                "+QCFG: \"lapiconf\",(0-2),(0,1)\r\n"
                "+QCFG: \"nasconfig\",(0-7FFF)\r\n"
                "+QCFG: \"apn/display\",(0,1)\r\n"
                "+QCFG: \"irat/timer\",(5-300),(5-20)\r\n"
                "+QCFG: \"nb1/bandprior\",<band_priority_seq>\r\n"
                "+QCFG: \"bip/auth\",(0-3)\r\n"
                "+QCFG: \"timer\",(3402)\r\n"
                "+QCFG: \"cmux/flowctrl\",(0,1)\r\n"
                "+QCFG: \"fast/poweroff\",<pin>,(0,1)"));
}

TEST_CASE("Later firmware lists more tags, in its own places") {
  auto config = model("BG95-M3");
  config.identity.later_firmware = true;
  const auto list = SettingsFixture(config).send("AT+QCFG=?");
  CHECK(list.find("(0,1)\r\n+QCFG: \"bandrestore\"\r\n+QCFG: \"iotopmode\"") != std::string::npos);
  CHECK(list.find("+QCFG: \"lapiconf\",(0-2),(0,1)\r\n+QCFG: \"snrscan\"[,(0-2)]\r\n"
                  "+QCFG: \"uartcfg\",(0-15)\r\n+QCFG: \"nasconfig\",(0-7FFF)\r\n"
                  "+QCFG: \"irat/timer\"") != std::string::npos);
  CHECK(list.find("+QCFG: \"timer\",(3402)\r\n+QCFG: \"timeupdate\",(0,1)\r\n"
                  "+QCFG: \"emmcause\"[,(0,1)]\r\n+QCFG: \"sibinfo\"\r\n+QCFG: \"emmtimer\"\r\n"
                  "+QCFG: \"msclass\"[,((1-18)|(30-34)),(1-34)]\r\n"
                  "+QCFG: \"fgiconfig\"[,(0-FFFFFFFF)]\r\n"
                  "+QCFG: \"sim/onchip\"[,(0,1)[,(0,1)]]\r\n"
                  "+QCFG: \"cmux/flowctrl\"") != std::string::npos);
}

struct Row {
  std::string tag;
  std::string initial;
  std::string written;  // the values behind the tag
  std::string read;
  std::vector<std::string> refused;
};

const Row kRows[] = {
    {"nwscanmode", "0", "3,1", "3", {"2", "4", "0,2", "0,1,1", "\"3\""}},
    {"servicedomain", "2", "1", "1", {"0", "3"}},
    {"nwscanseq", "020301", "0302,1", "030201", {"04", "0", "020", "0202", "02030100", "0x"}},
    {"iotopmode", "2", "0,0", "0", {"3", "-1"}},
    {"urc/ri/ring",
     "\"pulse\",120,1000,5000,\"off\",1",
     "\"WAVE\",200,2000,6000,\"on\",5",
     "\"wave\",200,2000,6000,\"on\",5",
     {"\"loud\"", "off", "\"off\",0", "\"off\",1,1,1,\"on\",6"}},
    {"urc/ri/smsincoming", "\"pulse\",120,1", "\"always\",1,5", "\"always\",1,5", {"\"auto\""}},
    {"urc/ri/other", "\"pulse\",120,1", "\"off\"", "\"off\",120,1", {"\"always\""}},
    {"risignaltype", "\"respective\"", "\"physical\"", "\"physical\"", {"\"none\"", "1"}},
    {"urc/delay", "0", "1", "1", {"2"}},
    {"ledmode", "0", "3,100,1900", "3,100,1900", {"2", "3,100", "1,1,1", "3,1,60001"}},
    {"airplanecontrol", "0,0", "1", "1,0", {"2", "1,1"}},
    {"cmux/urcport", "2", "4", "4", {"5"}},
    {"apready", "0,0,500", "1,1,100", "1,1,100", {"2", "1,1,99", "1,1,3001"}},
    {"nccconf", "1FF", "0x1f", "1F", {"200", "1G"}},
    {"psm/urc", "0", "1", "1", {"2"}},
    {"simeffect", "1", "0", "0", {"2"}},
    {"lapiconf", "2,0", "1,1", "1,1", {"3", "0,2"}},
    {"nasconfig", "0", "7fff", "7FFF", {"8000"}},
    {"apn/display", "0", "1", "1", {"2"}},
    {"irat/timer", "60,20", "300,5", "300,5", {"4", "60,21"}},
    {"nb1/bandprior", "00", "0503081A", "0503081A", {"050", "0g"}},
    {"bip/auth", "0", "3", "3", {"4"}},
    {"fast/poweroff", "25,0", "25,1", "25,1", {"25", "63,1", "0,1", "25,2"}},
    {"snrscan", "2", "0", "0", {"3"}},
    {"uartcfg", "0x00", "0x10", "0x10", {"32", "0x20", "x"}},
    {"timeupdate", "1", "0", "0", {"2"}},
    {"msclass", "12,12", "33,0", "33,0", {"12", "19,1", "35,1", "12,35"}},
    {"fgiconfig", "0", "FFFFFFFF", "FFFFFFFF", {"100000000"}},
    {"sim/onchip", "0", "1,1", "1", {"2"}},
    {"dbgctl", "2", "0", "0", {"3"}},
};

TEST_CASE("Each tag has its default, takes values, keeps them over power-off and refuses others") {
  SettingsFixture module;
  for (const auto& row : kRows) {
    CAPTURE(row.tag);
    CHECK(module.send(query(row.tag)) == answer(row.tag, row.initial));
    CHECK(module.send(query(row.tag) + ',' + row.written) == kOk);
    CHECK(module.send(query(row.tag)) == answer(row.tag, row.read));
    for (const auto& refused : row.refused) {
      CAPTURE(refused);
      CHECK(module.send(query(row.tag) + ',' + refused) == kError);
    }
    module.power_cycle();
    CHECK(module.send(query(row.tag)) == answer(row.tag, row.read));
  }
}

TEST_CASE("What a host reads back is what it wrote, so it does not reboot for ever") {
  SettingsFixture module;
  for (const auto* line :
       {"AT+QCFG=\"nwscanseq\",020301,1", "AT+QCFG=\"nwscanmode\",0,1", "AT+QCFG=\"iotopmode\",0,1",
        "AT+QCFG=\"simeffect\",1", "AT+QCFG=\"band\",0xf,0x80084,0x80084"}) {
    CHECK(module.send(line) == kOk);
  }
  module.power_cycle();
  CHECK(module.send(query("nwscanseq")) == answer("nwscanseq", "020301"));
  CHECK(module.send(query("nwscanmode")) == answer("nwscanmode", "0"));
  CHECK(module.send(query("iotopmode")) == answer("iotopmode", "0"));
  CHECK(module.send(query("band")) == answer("band", "0xf,0x80084,0x80084"));
}

TEST_CASE("Two tags are not saved") {
  SettingsFixture module;
  for (const auto* tag : {"psm/enter", "cmux/flowctrl"}) {
    CHECK(module.send(query(tag)) == answer(tag, "0"));
    CHECK(module.send(query(tag) + ",1") == kOk);
    CHECK(module.send(query(tag)) == answer(tag, "1"));
    module.power_cycle();
    CHECK(module.send(query(tag)) == answer(tag, "0"));
  }
}

TEST_CASE("Band masks come in any form and go out in one") {
  SettingsFixture module;
  const std::string initial = "0xf,0x100002000000000f0e189f,0x100042000000000000081a";
  CHECK(module.send(query("band")) == answer("band", initial));
  CHECK(module.send("AT+QCFG=\"band\",0,0,0") == kOk);
  CHECK(module.send(query("band")) == answer("band", initial));
  CHECK(module.send("AT+QCFG=\"band\",3,80084,0X00080") == kOk);
  CHECK(module.send(query("band")) == answer("band", "0x3,0x80084,0x80"));
  CHECK(module.send("AT+QCFG=\"band\",0,0xA0E189F,0,1") == kOk);
  CHECK(module.send(query("band")) == answer("band", "0x3,0xa0e189f,0x80"));
  CHECK(module.send("AT+QCFG=\"band\",10,0,0") == kError);
  CHECK(module.send("AT+QCFG=\"band\",0,100002000000000F0E18A0,0") == kError);
  CHECK(module.send("AT+QCFG=\"band\",0,0,0x,1") == kError);
  CHECK(module.send("AT+QCFG=\"band\",0,0,0,2") == kError);
  CHECK(module.send("AT+QCFG=\"bandrestore\",1") == kError);
  CHECK(module.send("AT+QCFG=\"bandrestore\"") == kOk);
  CHECK(module.send(query("band")) == answer("band", initial));
}

TEST_CASE("Tags with a form of their own") {
  SettingsFixture module;
  CHECK(module.send("AT+QCFG=\"timer\",3402") == with_ok("+QCFG: 720"));
  CHECK(module.send("AT+QCFG=\"timer\",3412") == kError);
  CHECK(module.send("AT+QCFG=\"timer\"") == kError);
  CHECK(module.send("AT+QCFG=\"celevel\"") == answer("celevel", "0"));
  CHECK(module.send("AT+QCFG=\"celevel\",1") == kError);
  CHECK(module.send("AT+QCFG=\"nwscanseq\",00") == kOk);
  CHECK(module.send(query("nwscanseq")) == answer("nwscanseq", "020301"));
  CHECK(module.send("AT+QCFG=\"ledmode\",1") == kOk);
  CHECK(module.send(query("ledmode")) == answer("ledmode", "1"));
  CHECK(module.send("AT+QCFG=\"ledmode\",3") == kOk);
  CHECK(module.send(query("ledmode")) == answer("ledmode", "3,500,500"));
}

TEST_CASE("A pin reads back what was written, over power-off where that was asked for") {
  SettingsFixture module;
  CHECK(module.send("AT+QCFG=\"gpio\",1,25,1,0,0") == kOk);
  CHECK(module.send("AT+QCFG=\"gpio\",1,25") == kError);
  CHECK(module.send("AT+QCFG=\"gpio\",2,25") == with_ok("+QCFG: \"gpio\",0"));
  CHECK(module.send("AT+QCFG=\"gpio\",3,25") == kError);
  CHECK(module.send("AT+QCFG=\"gpio\",3,25,1") == kOk);
  CHECK(module.send("AT+QCFG=\"gpio\",3,26,1,1") == kOk);
  CHECK(module.send("AT+QCFG=\"gpio\",2,25") == with_ok("+QCFG: \"gpio\",1"));
  module.power_cycle();
  CHECK(module.send("AT+QCFG=\"gpio\",2,25") == with_ok("+QCFG: \"gpio\",0"));
  CHECK(module.send("AT+QCFG=\"gpio\",2,26") == with_ok("+QCFG: \"gpio\",1"));
  CHECK(module.send("AT+QCFG=\"gpio\",4,25") == kError);
}

TEST_CASE("Unknown tags and bad grammar are ERROR at every level of CMEE") {
  SettingsFixture module;
  for (const auto* line : {"AT+QCFG=\"nosuch\"", "AT+QCFG=\"nosuch\",1", "AT+QCFG=", "AT+QCFG=band",
                           "AT+QCFG=\"band", "AT+QCFG"}) {
    CHECK(module.send(line) == kError);
  }
}

TEST_CASE("A value that cannot be saved is an error and leaves the old one") {
  SettingsFixture module;
  module.fail_saves(true);
  CHECK(module.send("AT+QCFG=\"servicedomain\",1") == kError);
  CHECK(module.send(query("servicedomain")) == answer("servicedomain", "2"));
}

TEST_CASE("Models differ in the radio tags") {
  SettingsFixture m1(model("BG95-M1"));
  for (const auto* tag : {"nwscanmode", "nwscanseq", "iotopmode"}) {
    CHECK(m1.send(query(tag)) == kError);
    CHECK(m1.send("AT+QCFG=?").find(tag) == std::string::npos);
  }
  SettingsFixture m4(model("BG95-M4"));
  CHECK(m4.send(query("nwscanmode")) == kError);
  CHECK(m4.send(query("nwscanseq")) == answer("nwscanseq", "020301"));
  CHECK(m4.send("AT+QCFG=?")
            .find("+QCFG: \"band\",(0-F),(0-0x100182000000004F0E189F),"
                  "(0-0x10018200000000490E189F),(0,1)\r\n") != std::string::npos);
  CHECK(m4.send("AT+QCFG=\"band\",0,100182000000004F0E189F,0") == kOk);
  CHECK(SettingsFixture(model("BG77")).send(query("band")).find("\"band\",0x0,") !=
        std::string::npos);
  for (const auto* name : {"BG95-M3", "BG95-M5", "BG600L-M3"}) {
    CHECK(SettingsFixture(model(name)).send(query("nwscanmode")) == answer("nwscanmode", "0"));
  }
}

}  // namespace
}  // namespace vmodem::firmware
