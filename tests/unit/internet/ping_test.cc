// AT+QPING (quectel-at.md §7).
#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

std::string reply_after(ModemFixture& module, Duration round_trip) {
  module.run_for(round_trip);
  return module.answer(EchoReceived{"61.135.169.125", 255});
}

}  // namespace

TEST_CASE("AT+QPING reports each reply and then the sum") {
  ModemFixture module;
  CHECK(module.at("+QPING=?") == framed("+QPING: (1-16),<host>,(1-255),(1-10)", "OK"));
  module.at("+QIACT=1");
  CHECK(module.at("+QPING=1,\"www.example.com\"") == framed("OK"));
  const auto& ping = std::get<PingHost>(module.queries.back().question);
  CHECK(ping.host == "www.example.com");
  CHECK(ping.size == 32);
  CHECK(reply_after(module, 192ms) == framed("+QPING: 0,\"61.135.169.125\",32,192,255"));
  CHECK(reply_after(module, 479ms) == framed("+QPING: 0,\"61.135.169.125\",32,479,255"));
  CHECK(reply_after(module, 240ms) == framed("+QPING: 0,\"61.135.169.125\",32,240,255"));
  CHECK(reply_after(module, 237ms) ==
        framed("+QPING: 0,\"61.135.169.125\",32,237,255", "+QPING: 0,4,4,0,192,479,287"));
  CHECK(module.queries.size() == 4);
}

TEST_CASE("A lost ping is told after its timeout, and a late reply is dropped") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QPING=1,\"10.0.0.1\",2,2");
  const auto first = module.queries.back().id;
  CHECK(module.run_until(Instant(1999ms)).empty());
  CHECK(module.run_until(Instant(2s)) == framed("+QPING: 569"));
  module.modem->handle_answer(module.now, first, EchoReceived{"10.0.0.1", 64});
  CHECK(module.read().empty());
  CHECK(reply_after(module, 30ms) ==
        framed("+QPING: 0,\"61.135.169.125\",32,30,255", "+QPING: 0,2,1,1,30,30,30"));
}

TEST_CASE("A host that never answers ends with the code alone") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QPING=1,\"10.0.0.1\",1,2");
  CHECK(module.run_until(Instant(10s)) == framed("+QPING: 569", "+QPING: 569", "+QPING: 569"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 569,operation timeout", "OK"));
}

TEST_CASE("A name that does not resolve and a host out of reach end the ping at once") {
  const auto [error, code] = GENERATE(table<QueryError, const char*>(
      {{QueryError::kNameNotResolved, "565"}, {QueryError::kUnreachable, "569"}}));
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QPING=1,\"nowhere.example\"");
  CHECK(module.answer(QueryFailed{error, "no"}) == framed("+QPING: " + std::string(code)));
  CHECK(module.run_for(60s).empty());
}

TEST_CASE("A host that goes out of reach later is a lost ping") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QPING=1,\"10.0.0.1\",4,2");
  reply_after(module, 10ms);
  CHECK(module.answer(QueryFailed{QueryError::kUnreachable, "gone"}) ==
        framed("+QPING: 569", "+QPING: 0,2,1,1,10,10,10"));
}

TEST_CASE("One ping runs at a time, on an active context") {
  ModemFixture module;
  CHECK(module.at("+QPING=1,\"10.0.0.1\"") == framed("ERROR"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 570,pdp context deactivated", "OK"));
  module.at("+QIACT=1");
  CHECK(module.at("+QPING=1,\"10.0.0.1\"") == framed("OK"));
  CHECK(module.at("+QPING=1,\"10.0.0.1\"") == framed("ERROR"));
  CHECK(module.at("+QIGETERROR") == framed("+QIGETERROR: 568,operation busy", "OK"));
  CHECK(module.at("+QIDEACT=1") == framed("OK", "+QPING: 570"));
}

TEST_CASE("Without service no ping goes out and none comes in") {
  ModemFixture module;
  module.at("+QIACT=1");
  module.at("+QPING=1,\"10.0.0.1\",1,2");
  module.change_network(NetworkStage{.coverage = Coverage::kLost});
  CHECK(module.answer(EchoReceived{"10.0.0.1", 64}).empty());
  CHECK(module.run_until(Instant(1s)) == framed("+QPING: 569"));
  CHECK(module.queries.size() == 1);
}

TEST_CASE("Values that AT+QPING does not know are errors") {
  ModemFixture module;
  module.at("+QIACT=1");
  for (const auto* line :
       {"+QPING", "+QPING?", "+QPING=1", "+QPING=0,\"a\"", "+QPING=17,\"a\"", "+QPING=1,\"\"",
        "+QPING=1,\"a b\"", "+QPING=1,\"a\",0", "+QPING=1,\"a\",256", "+QPING=1,\"a\",1,0",
        "+QPING=1,\"a\",1,11", "+QPING=1,\"a\",1,1,1"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
}

}  // namespace vmodem::firmware
