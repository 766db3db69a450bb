#include "tests/support/catch.h"
#include "tests/unit/modem/settings_fixture.h"

namespace vmodem::firmware {
namespace {

TEST_CASE("AT+QICFG lists the options of the captured firmware, and the later ones if asked") {
  const std::string list =
      "+QICFG: \"transpktsize\",(1-1460)\r\n"
      "+QICFG: \"transwaittm\",(0-20)\r\n"
      "+QICFG: \"dataformat\",(0,1),(0,1)\r\n"
      "+QICFG: \"viewmode\",(0,1)\r\n"
      "+QICFG: \"recvind\",(0,1)\r\n"
      "+QICFG: \"sack\",(0,1)\r\n"
      "+QICFG: \"tcp/keepalive\",(0-1),(1-120),(25-100),(3-10)\r\n"
      "+QICFG: \"tcp/retranscfg\",(3-20),(5-1000)";
  SettingsFixture module;
  CHECK(module.send("AT+QICFG=?") == with_ok(list));
  module.config.identity.later_firmware = true;
  module.power_cycle();
  CHECK(module.send("AT+QICFG=?") == with_ok(list + "\r\n+QICFG: \"tcp/inactivetm\",(0-65535)"
                                                    "\r\n+QICFG: \"ipv6prior\",(0,1)"
                                                    "\r\n+QICFG: \"asyncmode\",(0,1)"));
}

TEST_CASE("Socket options have their defaults, take values and forget them at power-off") {
  struct Row {
    std::string tag, initial, values;
  };
  const Row rows[] = {
      {"transpktsize", "1024", "1460"},
      {"transwaittm", "2", "20"},
      {"dataformat", "0,0", "1,1"},
      {"viewmode", "0", "1"},
      {"recvind", "0", "1"},
      {"sack", "0", "1"},
      {"tcp/retranscfg", "12,600", "3,5"},
      {"tcp/keepalive", "0,1,25,3", "1,120,100,10"},
      {"tcp/inactivetm", "0", "65535"},
      {"ipv6prior", "0", "1"},
      {"asyncmode", "0", "1"},
  };
  SettingsFixture module;
  for (const auto& row : rows) {
    const auto query = "AT+QICFG=\"" + row.tag + '"';
    const auto answer = "+QICFG: \"" + row.tag + "\",";
    CHECK(module.send(query) == with_ok(answer + row.initial));
    CHECK(module.send(query + ',' + row.values) == kOk);
    CHECK(module.send(query) == with_ok(answer + row.values));
    CHECK(module.send(query + ",70000") == kError);
    module.power_cycle();
    CHECK(module.send(query) == with_ok(answer + row.initial));
  }
}

TEST_CASE("A value that is left out stays") {
  SettingsFixture module;
  CHECK(module.send("AT+QICFG=\"dataformat\", 1, 0") == kOk);
  CHECK(module.send("AT+QICFG=\"dataformat\",,1") == kOk);
  CHECK(module.send("at+qicfg=\"DATAFORMAT\"") == with_ok("+QICFG: \"dataformat\",1,1"));
  CHECK(module.send("AT+QICFG=\"dataformat\",1,1,1") == kError);
  CHECK(module.send("AT+QICFG=\"nosuch\"") == kError);
  CHECK(module.send("AT+QICFG=dataformat") == kError);
}

TEST_CASE("AT+QINDCFG keeps a switch only when it is told to") {
  SettingsFixture module;
  CHECK(module.send("AT+QINDCFG=?") == with_ok("+QINDCFG: \"all\",(0,1),(0,1)\r\n"
                                               "+QINDCFG: \"csq\",(0,1),(0,1)\r\n"
                                               "+QINDCFG: \"smsfull\",(0,1),(0,1)\r\n"
                                               "+QINDCFG: \"ring\",(0,1),(0,1)\r\n"
                                               "+QINDCFG: \"smsincoming\",(0,1),(0,1)"));
  CHECK(module.send("AT+QINDCFG=\"all\"") == with_ok("+QINDCFG: \"all\",1"));
  CHECK(module.send("AT+QINDCFG=\"smsfull\"") == with_ok("+QINDCFG: \"smsfull\",0"));
  CHECK(module.send("AT+QINDCFG=\"ring\"") == with_ok("+QINDCFG: \"ring\",1"));
  CHECK(module.send("AT+QINDCFG=\"smsincoming\"") == with_ok("+QINDCFG: \"smsincoming\",1"));
  CHECK(module.send("AT+QINDCFG=\"csq\"") == with_ok("+QINDCFG: \"csq\",0"));
  CHECK(module.send("AT+QINDCFG=\"csq\",1") == kOk);
  CHECK(module.send("AT+QINDCFG=\"csq\"") == with_ok("+QINDCFG: \"csq\",1"));
  module.power_cycle();
  CHECK(module.send("AT+QINDCFG=\"csq\"") == with_ok("+QINDCFG: \"csq\",0"));
  CHECK(module.send("AT+QINDCFG=\"csq\",1,1") == kOk);
  module.power_cycle();
  CHECK(module.send("AT+QINDCFG=\"csq\"") == with_ok("+QINDCFG: \"csq\",1"));
  CHECK(module.send("AT+QINDCFG=\"csq\",2") == kError);
  CHECK(module.send("AT+QINDCFG=\"csq\",,1") == kOk);
  CHECK(module.send("AT+QINDCFG=\"bell\",1") == kError);
}

TEST_CASE("AT+QURCCFG is saved at once") {
  SettingsFixture module;
  CHECK(module.send("AT+QURCCFG=?") == with_ok("+QURCCFG: \"urcport\",(\"usbmodem\",\"uart1\")"));
  CHECK(module.send("AT+QURCCFG=\"urcport\"") == with_ok("+QURCCFG: \"urcport\",\"uart1\""));
  CHECK(module.send("AT+QURCCFG=\"urcport\",\"usbmodem\"") == kOk);
  CHECK(module.send("AT+QURCCFG=\"urcport\",\"usb\"") == kError);
  CHECK(module.send("AT+QURCCFG=\"urcport\",uart1") == kError);
  module.power_cycle();
  CHECK(module.send("AT+QURCCFG=\"urcport\"") == with_ok("+QURCCFG: \"urcport\",\"usbmodem\""));
}

}  // namespace
}  // namespace vmodem::firmware
