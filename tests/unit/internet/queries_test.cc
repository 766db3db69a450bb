// AT+QIDNSCFG, AT+QIDNSGIP and AT+QIGETERROR (quectel-at.md §2.5, §7).
#include "firmware/internet/queries.h"

#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {

TEST_CASE("AT+QIGETERROR tells of the last TCP/IP command, text unquoted") {
  ModemFixture module;
  CHECK(module.at("+QIGETERROR=?") == framed("OK"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 0,operate successfully", "OK"));
  module.at("+QIDNSCFG=1");
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 570,pdp context deactivated", "OK"));
  module.at("+QIACT=1");
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 0,operate successfully", "OK"));
  CHECK(module.at("+QIGETERROR?") == framed("ERROR"));
  CHECK(module.at("+QIGETERROR=1") == framed("ERROR"));
}

TEST_CASE("values that a command of the stack does not take are invalid parameters afterwards") {
  ModemFixture module;
  for (const auto* line :
       {"+QIACT=17", "+QIDEACT=0", "+QICSGP=1,4,\"a\"", "+QIDNSCFG=0", "+QIDNSGIP=1",
        "+QPING=1,\"a\",0", "+QNTP=1,\"a\",0", "+QICFG=\"sack\",2", "+QICFG=\"nosuch\"",
        "+QSSLCFG=\"sni\",6", "+QSSLCFG=\"cacert\",0,a", "+QSSLCFG=\"ciphersuite\",0,0X1234"}) {
    INFO(line);
    CHECK(module.at(line) == framed("ERROR"));
    CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 552,invalid parameters", "OK"));
    CHECK(module.at("+QSSLCFG=\"sni\",0") == framed("+QSSLCFG: \"sni\",0,0", "OK"));
    CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 0,operate successfully", "OK"));
  }
}

TEST_CASE("AT+QIDNSCFG works on an active context and is forgotten with it") {
  ModemFixture module;
  CHECK(module.at("+QIDNSCFG=?") == framed("+QIDNSCFG: (1-16),<pridnsaddr>,<secdnsaddr>", "OK"));
  CHECK(module.at("+QIDNSCFG=1") == framed("ERROR"));
  CHECK(module.at("+QIDNSCFG=1,\"1.1.1.1\"") == framed("ERROR"));
  module.at("+QIACT=1");
  CHECK(module.at("+QIDNSCFG=1") == framed("+QIDNSCFG: 1,\"8.8.8.8\",\"8.8.4.4\"", "OK"));
  CHECK(module.at("+QIDNSCFG=1,\"1.1.1.1\"") == framed("OK"));
  CHECK(module.at("+QIDNSCFG=1") == framed("+QIDNSCFG: 1,\"1.1.1.1\",\"8.8.4.4\"", "OK"));
  CHECK(module.at("+QIDNSCFG=1,\"9.9.9.9\",\"2001:db8::9\"") == framed("OK"));
  CHECK(module.at("+QIDNSCFG=1") == framed("+QIDNSCFG: 1,\"9.9.9.9\",\"2001:db8::9\"", "OK"));
  module.at("+QIDEACT=1;+QIACT=1");
  CHECK(module.at("+QIDNSCFG=1") == framed("+QIDNSCFG: 1,\"8.8.8.8\",\"8.8.4.4\"", "OK"));
}

TEST_CASE("AT+QIDNSGIP prints the count and one URC an address") {
  ModemFixture module;
  CHECK(module.at("+QIDNSGIP=?") == framed("+QIDNSGIP: (1-16),<host_name>", "OK"));
  CHECK(module.at("+QIDNSGIP=1,\"iot.example\"") == framed("ERROR"));
  module.at("+QIACT=1");
  CHECK(module.at("+QIDNSGIP=1,\"iot.example\"") == framed("OK"));
  CHECK(std::get<ResolveName>(module.queries.back().question).host == "iot.example");
  CHECK(module.answer(NameResolved{{"192.0.2.1", "2001:db8::1", "192.0.2.2"}}) ==
        framed("+QIURC: \"dnsgip\",0,2,600", "+QIURC: \"dnsgip\",\"192.0.2.1\"",
               "+QIURC: \"dnsgip\",\"192.0.2.2\""));
}

TEST_CASE("A context gets the addresses of its own IP version") {
  ModemFixture module;
  module.at("+CGDCONT=1,\"IPV6\",\"six\";+QIACT=1");
  module.at("+QIDNSGIP=1,\"iot.example\"");
  CHECK(module.answer(NameResolved{{"192.0.2.1", "2001:db8::1"}}) ==
        framed("+QIURC: \"dnsgip\",0,1,600", "+QIURC: \"dnsgip\",\"2001:db8::1\""));
  module.at("+QIDNSGIP=1,\"iot.example\"");
  CHECK(module.answer(NameResolved{{"192.0.2.1"}}) == framed("+QIURC: \"dnsgip\",565"));
}

TEST_CASE("A name that does not resolve, or not within 60 s, is error 565") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QIDNSGIP=1,\"nowhere.example\"");
  CHECK(module.answer(QueryFailed{QueryError::kNameNotResolved, "no"}) ==
        framed("+QIURC: \"dnsgip\",565"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 565,dns failed", "OK"));
  module.at("+QIDNSGIP=1,\"nowhere.example\"");
  CHECK(module.run_until(Instant(59999ms)).empty());
  CHECK(module.run_until(Instant(60s)) == framed("+QIURC: \"dnsgip\",565"));
  CHECK(module.answer(NameResolved{{"192.0.2.1"}}).empty());
}

TEST_CASE("One name is looked up at a time, until its context is gone") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QIDNSGIP=1,\"iot.example\"");
  CHECK(module.at("+QIDNSGIP=1,\"iot.example\"") == framed("ERROR"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 564,dns busy", "OK"));
  CHECK(module.drop_pdp_context(1) == framed("+QIURC: \"pdpdeact\",1", "+QIURC: \"dnsgip\",570"));
}

TEST_CASE("Values that the DNS commands do not know are errors") {
  ModemFixture module;
  module.at("+QIACT=1");
  for (const auto* line :
       {"+QIDNSCFG", "+QIDNSCFG?", "+QIDNSCFG=0", "+QIDNSCFG=17", "+QIDNSCFG=1,\"a.example\"",
        "+QIDNSCFG=1,\"1.1.1.1\",\"x.y\"", "+QIDNSGIP", "+QIDNSGIP?",
        "+QIDNSGIP=1", "+QIDNSGIP=17,\"a\"", "+QIDNSGIP=1,\"\"", "+QIDNSGIP=1,\"a b\""}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

TEST_CASE("Every TCP/IP error has the text of the manual") {
  CHECK(text_of(SocketError::kUnknown) == "unknown error");
  CHECK(text_of(SocketError::kInvalidParameters) == "invalid parameters");
  CHECK(text_of(SocketError::kConnectFailed) == "socket connect failed");
  CHECK(text_of(SocketError::kNotAllowed) == "operation not allowed");
}

}  // namespace vmodem::firmware
