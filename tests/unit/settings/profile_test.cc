#include "firmware/settings/line_profile.h"
#include "tests/support/catch.h"
#include "tests/unit/modem/settings_fixture.h"

namespace vmodem::firmware {
namespace {

std::string listed(std::string_view dcd_dtr, std::string_view q_v_x, std::string_view rest) {
  std::string text(dcd_dtr);
  text.append("\r\n&F: 0\r\n&W: 0\r\n").append(q_v_x).append("\r\nZ: 0\r\n").append(rest);
  return with_ok(text);
}

TEST_CASE("AT&V lists every setting, S3 last") {
  SettingsFixture module;
  CHECK(module.send("AT&V") ==
        listed("&C: 1\r\n&D: 2", "Q: 0\r\nV: 1\r\nX: 4",
               "E: 1\r\nS0: 0\r\nS4: 10\r\nS5: 8\r\nS6: 2\r\nS7: 0\r\nS8: 2\r\nS10: 15\r\nS3: 13"));
}

TEST_CASE("AT&W stores what the table says, and power-up takes it back") {
  SettingsFixture module;
  module.send("ATE0X1&C0&D0S0=3S7=30S10=20");
  module.send("ATS6=4S8=9;+CMEE=2");
  CHECK(module.send("AT&W") == kOk);
  module.power_cycle();
  CHECK(
      module.send("AT&V") ==
      listed("&C: 0\r\n&D: 0", "Q: 0\r\nV: 1\r\nX: 1",
             "E: 0\r\nS0: 3\r\nS4: 10\r\nS5: 8\r\nS6: 2\r\nS7: 30\r\nS8: 2\r\nS10: 20\r\nS3: 13"));
  CHECK(module.send("AT+CMEE?") == with_ok("+CMEE: 1"));
}

TEST_CASE("ATZ without a stored profile gives the factory values") {
  SettingsFixture module;
  module.send("ATE0X1&C0S0=3;+CMEE=2;+CSCS=\"IRA\"");
  CHECK(module.send("ATZ") == kOk);
  CHECK(module.send("AT&V") ==
        listed("&C: 1\r\n&D: 1", "Q: 0\r\nV: 1\r\nX: 4",
               "E: 1\r\nS0: 0\r\nS4: 10\r\nS5: 8\r\nS6: 2\r\nS7: 0\r\nS8: 2\r\nS10: 15\r\nS3: 13"));
  CHECK(module.send("AT+CMEE?;+CSCS?") == framed("+CMEE: 1") + with_ok("+CSCS: \"GSM\""));
}

TEST_CASE("ATZ takes the stored profile back after AT&F") {
  SettingsFixture module;
  module.send("ATE0X2S0=7&W");
  CHECK(module.send("AT&F") == kOk);
  CHECK(module.send("ATS0?") == with_ok("000"));
  CHECK(module.send("ATZ") == kOk);
  CHECK(module.send("ATS0?") == with_ok("007"));
  CHECK(module.send("AT&FZE0") == kOk);
}

TEST_CASE("Numeric results of a stored profile begin at power-up") {
  SettingsFixture module;
  CHECK(module.send("ATV0&W") == "0\r");
  module.power_cycle();
  CHECK(module.send("AT") == "0\r");
}

TEST_CASE("An AT&W that cannot be saved is an error and stores nothing later either") {
  SettingsFixture module;
  module.send("ATX1&W");
  module.send("ATX2S0=5");
  module.fail_saves(true);
  CHECK(module.send("AT&W") == kError);
  module.fail_saves(false);
  CHECK(module.send("AT+QSIMSTAT=1") == kOk);
  module.power_cycle();
  CHECK(module.send("ATS0?") == with_ok("000"));
  CHECK(module.send("AT&V").find("X: 1") != std::string::npos);
}

// Counts what reaches the store.
class CountingStore final : public NvStore {
 public:
  std::string load() const override { return text; }
  bool save(std::string_view value) override {
    ++count;
    text = value;
    return true;
  }
  std::string text;
  int count = 0;
};

TEST_CASE("AT&W reaches the store once, whole") {
  CountingStore store;
  ufs::MemoryStore files;
  SeededRandom random(1);
  Modem modem(ModemConfig{}, files, store, random);
  modem.handle_serial({}, as_bytes("ATE0S0=9;+IPR=9600;&W\r"));
  CHECK(store.count == 1);
  CHECK(store.text ==
        "profile.cereg=0\nprofile.cgreg=0\nprofile.creg=0\n"
        "profile.dcd=1\nprofile.dtr=2\nprofile.e=0\nprofile.ipr=9600\nprofile.q=0\n"
        "profile.s0=9\nprofile.s10=15\nprofile.s7=0\nprofile.stored=1\nprofile.v=1\n"
        "profile.x=4\n");
}

}  // namespace
}  // namespace vmodem::firmware
