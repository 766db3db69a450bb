// AT+QNTP (quectel-at.md §7).
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

using namespace std::chrono;

constexpr CalendarTime kMorning = sys_days(2013y / August / 19) + 3h + 10min + 10s;

}  // namespace

TEST_CASE("AT+QNTP asks its server, prints the time and sets the clock") {
  ModemConfig config;
  config.clock.network->zone = 32;
  ModemFixture module(config);
  CHECK(module.at("+QNTP=?") == framed("+QNTP: (1-16),<server>,(1-65535),(0,1)", "OK"));
  CHECK(module.at("+QNTP?") == framed("OK"));
  module.at("+QIACT=1");
  CHECK(module.at("+QNTP=1,\"ntp.example\"") == framed("OK"));
  const auto& question = std::get<AskTime>(module.queries.back().question);
  CHECK(question.server == "ntp.example");
  CHECK(question.port == 123);
  CHECK(module.at("+QNTP?") == framed("+QNTP: \"ntp.example\",123", "OK"));
  CHECK(module.answer(TimeTold{kMorning}) == framed("+QNTP: 0,\"2013/08/19,11:10:10+32\""));
  CHECK(module.at("+QNTP?") == framed("OK"));
  module.run_for(5s);
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"13/08/19,11:10:15+32\"", "OK"));
}

TEST_CASE("AT+QNTP leaves the clock alone where it is told to") {
  ModemFixture module;
  module.at("+QIACT=1");
  CHECK(module.at("+QNTP=1,\"ntp.example\",1123,0") == framed("OK"));
  CHECK(std::get<AskTime>(module.queries.back().question).port == 1123);
  CHECK(module.answer(TimeTold{kMorning}) == framed("+QNTP: 0,\"2013/08/19,03:10:10+00\""));
  CHECK(module.at("+CCLK?") == framed("+CCLK: \"25/01/01,00:00:00+00\"", "OK"));
}

TEST_CASE("AT+QNTP asks again every 15 s and gives up within 125 s") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QNTP=1,\"ntp.example\"");
  CHECK(module.run_until(Instant(119s)).empty());
  CHECK(module.queries.size() == 8);
  CHECK(module.run_until(Instant(120s)) == framed("+QNTP: 569"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 569,operation timeout", "OK"));
  CHECK(module.answer(TimeTold{kMorning}).empty());
}

TEST_CASE("A server that cannot be asked is told by its code") {
  const auto [error, code] =
      GENERATE(table<QueryError, const char*>({{QueryError::kNameNotResolved, "565"},
                                               {QueryError::kUnreachable, "566"},
                                               {QueryError::kBadAnswer, "550"}}));
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QNTP=1,\"ntp.example\"");
  CHECK(module.answer(QueryFailed{error, "no"}) == framed("+QNTP: " + std::string(code)));
}

TEST_CASE("One server is asked at a time, on an active context") {
  ModemFixture module;
  CHECK(module.at("+QNTP=1,\"ntp.example\"") == framed("ERROR"));
  module.at("+QIACT=1");
  CHECK(module.at("+QNTP=1,\"ntp.example\"") == framed("OK"));
  CHECK(module.at("+QNTP=1,\"ntp.example\"") == framed("ERROR"));
  CHECK(module.at("+QIDEACT=1") == framed("OK", "+QNTP: 570"));
  CHECK(module.run_for(200s).empty());
}

TEST_CASE("Values that AT+QNTP does not know are errors") {
  ModemFixture module;
  module.at("+QIACT=1");
  for (const auto* line :
       {"+QNTP", "+QNTP=1", "+QNTP=0,\"a\"", "+QNTP=17,\"a\"", "+QNTP=1,\"\"", "+QNTP=1,\"a b\"",
        "+QNTP=1,\"a\",0", "+QNTP=1,\"a\",65536", "+QNTP=1,\"a\",1,2", "+QNTP=1,\"a\",1,1,1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

}  // namespace vmodem::firmware
