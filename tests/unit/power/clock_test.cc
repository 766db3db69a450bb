// AT+CCLK, AT+QLTS, AT+CTZU and AT+CTZR (quectel-at.md §3).
#include "firmware/power/clock.h"

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

using namespace std::chrono;

// 2013-08-22 22:51:13 UTC in a zone of +8 h.
ModemConfig timed_config() {
  ModemConfig config;
  config.clock.network =
      NetworkTime{.utc = sys_days(2013y / August / 22) + 22h + 51min + 13s, .zone = 32};
  return config;
}

// A network that tells no time.
ModemConfig untimed_config() {
  ModemConfig config;
  config.clock.network.reset();
  return config;
}

}  // namespace

TEST_CASE("The network tells the time at registration, the same in every run") {
  ModemFixture module;
  module.run_for(61s);
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"25/01/01,00:01:01+00\"", "OK"));
  CHECK(module.at("+QLTS") == framed("+QLTS: \"2025/01/01,00:00:00+00,0\"", "OK"));
  CHECK(module.at("+QLTS=1") == framed("+QLTS: \"2025/01/01,00:01:01+00,0\"", "OK"));
}

TEST_CASE("Before any time source the clock runs from the epoch") {
  ModemFixture module(untimed_config());
  CHECK(module.at("+CCLK=?") == framed("OK"));
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"80/01/06,00:00:00+00\"", "OK"));
  module.run_for(24h + 61s);
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"80/01/07,00:01:01+00\"", "OK"));
}

TEST_CASE("AT+CCLK sets time and zone; without a zone it stays") {
  ModemFixture module;
  CHECK(module.at("+CCLK=\"24/02/28,23:59:59-48\"") == framed("OK"));
  module.run_for(1s);
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"24/02/29,00:00:00-48\"", "OK"));
  CHECK(module.at("+CCLK=\"79/12/31,01:02:03\"") == framed("OK"));
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"79/12/31,01:02:03-48\"", "OK"));
  CHECK(module.at("+CCLK=\"05/06/07,08:09:10+56\"") == framed("OK"));
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"05/06/07,08:09:10+56\"", "OK"));
}

TEST_CASE("AT+CCLK refuses what is no time of a calendar") {
  ModemFixture module(untimed_config());
  for (const auto* time : {"23/02/29,00:00:00+00", "24/00/01,00:00:00+00", "24/13/01,00:00:00+00",
                           "24/01/00,00:00:00+00", "24/01/32,00:00:00+00", "24/01/01,24:00:00+00",
                           "24/01/01,00:60:00+00", "24/01/01,00:00:60+00", "24/01/01,00:00:00+57",
                           "24/01/01,00:00:00-49", "24/01/01,00:00:00 00", "24/01/01,00:00:00+0",
                           "24-01-01,00:00:00+00", "2024/01/01,00:00:00", "24/01/01 00:00:00+00",
                           "24/01/01,00:00:0x+00", ""}) {
    CAPTURE(time);
    CHECK(module.at("+CCLK=\"" + std::string(time) + "\"") == framed("ERROR"));
  }
  CHECK(module.at("+CCLK") == framed("ERROR"));
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"80/01/06,00:00:00+00\"", "OK"));
}

TEST_CASE("The clock outlives a reboot") {
  ModemFixture module(untimed_config());
  module.at("+CCLK=\"24/02/28,12:00:00+04\";+CFUN=1,1");
  module.run_for(60s);
  CHECK(module.at("+CCLK?").find("+CCLK: \"24/02/28,12:01:00+04\"") != std::string::npos);
}

TEST_CASE("A clock that was never synchronised has no network time") {
  ModemFixture module(untimed_config());
  CHECK(module.at("+QLTS=?") == framed("+QLTS: (0-2)", "OK"));
  for (const auto* line : {"+QLTS", "+QLTS=0", "+QLTS=1", "+QLTS=2"}) {
    CHECK(module.at(line) == framed("+QLTS: \"\"", "OK"));
  }
  for (const auto* line : {"+QLTS?", "+QLTS=3", "+QLTS=0,0"}) {
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("AT+QLTS tells the network's time: the last, the current, the local one") {
  auto config = timed_config();
  config.clock.network->daylight_saving = 1;
  ModemFixture module(config);
  module.run_for(10s);
  CHECK(module.at("+QLTS") == framed("+QLTS: \"2013/08/22,22:51:13+32,1\"", "OK"));
  CHECK(module.at("+QLTS=0") == framed("+QLTS: \"2013/08/22,22:51:13+32,1\"", "OK"));
  CHECK(module.at("+QLTS=1") == framed("+QLTS: \"2013/08/22,22:51:23+32,1\"", "OK"));
  CHECK(module.at("+QLTS=2") == framed("+QLTS: \"2013/08/23,06:51:23+32,1\"", "OK"));
}

TEST_CASE("AT+CTZU says what the network's time does to the clock") {
  const auto [line, clock] =
      GENERATE(table<const char*, const char*>({{"+CTZU=0", "80/01/06,00:00:01+00"},
                                                {"+CTZU=1", "13/08/22,22:51:14+32"},
                                                {"+CTZU=3", "13/08/23,06:51:14+32"}}));
  ModemFixture module(timed_config());
  module.at("+CCLK=\"80/01/06,00:00:00+00\"");
  CHECK(module.at(line) == framed("OK"));
  module.run_for(1s);
  module.change_network(kLost);
  module.change_network(Recovery{});
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"" + std::string(clock) + "\"", "OK"));
}

TEST_CASE("AT+CTZU and AT+CTZR are saved at once") {
  ModemFixture module;
  CHECK(module.at("+CTZU=?") == framed("+CTZU: (0,1,3)", "OK"));
  CHECK(module.at("+CTZR=?") == framed("+CTZR: (0-2)", "OK"));
  CHECK(module.at("+CTZU?") == framed("+CTZU: 1", "OK"));
  CHECK(module.at("+CTZR?") == framed("+CTZR: 0", "OK"));
  CHECK(module.at("+CTZU=3;+CTZR=2") == framed("OK"));
  module.boot();
  CHECK(module.at("+CTZU?") == framed("+CTZU: 3", "OK"));
  CHECK(module.at("+CTZR?") == framed("+CTZR: 2", "OK"));
  CHECK(module.at("&F") == framed("OK"));
  module.boot();
  CHECK(module.at("+CTZR?") == framed("+CTZR: 0", "OK"));
  CHECK(module.at("+CTZU?") == framed("+CTZU: 3", "OK"));
  for (const auto* line : {"+CTZU=2", "+CTZU=", "+CTZU", "+CTZR=3", "+CTZR=", "+CTZR"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("AT+CTZR reports the zone when the network tells the time") {
  const auto [line, urc] = GENERATE(table<const char*, std::string>(
      {{"+CTZR=0", ""},
       {"+CTZR=1", framed("+CTZV: \"+32\"")},
       {"+CTZR=2", framed("+CTZE: \"+32\",0,\"2013/08/23,06:51:13\"")}}));
  ModemFixture module(timed_config());
  module.at(line);
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(Recovery{}) == urc);
}

TEST_CASE("A zone west of Greenwich has two digits and its sign") {
  CHECK(zone_text(-4) == "-04");
  CHECK(zone_text(0) == "+00");
  CHECK(short_face_text({kClockEpoch - seconds(1), -4}) == "80/01/05,23:59:59-04");
  CHECK(long_time_text(to_local(kClockEpoch, -4)) == "1980/01/05,23:00:00");
}

}  // namespace vmodem::firmware
