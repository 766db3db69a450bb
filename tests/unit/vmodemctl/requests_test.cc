#include "tools/vmodemctl/requests.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace vmodem::ctl;

namespace {

const Json kVerbs = Json::parse(R"({"verbs":[
  {"name":"reset","help":"","undo":null,"arguments":[]},
  {"name":"lose-uplink","help":"","undo":null,
   "arguments":[{"name":"count","type":"number","is_optional":false,"allowed":""}]},
  {"name":"link-down","help":"","undo":"link-up",
   "arguments":[{"name":"duration","type":"duration","is_optional":true,"allowed":""}]}]})");

Plan plan_of(std::string_view subcommand, const Arguments& arguments) {
  const auto plan =
      std::ranges::find(subcommands(), subcommand, &Subcommand::name)->plan(arguments);
  REQUIRE(plan);
  return *plan;
}

}  // namespace

TEST_CASE("a verb's arguments are told in their order or by name") {
  const auto body_of = [](std::vector<std::string> words, std::string when = "") {
    Arguments arguments;
    arguments.words = std::move(words);
    arguments.when = std::move(when);
    const auto plan = plan_verb(kVerbs, arguments);
    REQUIRE(plan);
    CHECK(plan->call.method == "POST");
    return plan->call.target + " " + plan->call.body;
  };
  CHECK(body_of({"reset"}) == "/verbs/reset {}");
  CHECK(body_of({"lose-uplink", "2"}) == R"(/verbs/lose-uplink {"count":2})");
  CHECK(body_of({"lose-uplink", "count=2"}, "10s") ==
        R"(/verbs/lose-uplink {"count":2,"when":"10s"})");
  CHECK(body_of({"link-down", "5s"}) == R"(/verbs/link-down {"duration":"5s"})");
}

TEST_CASE("a verb that is not there, and arguments that it does not have, are named") {
  Arguments arguments;
  arguments.words = {"lose-uplnk", "2"};
  CHECK(plan_verb(kVerbs, arguments).error().find("did you mean \"lose-uplink\"") !=
        std::string::npos);
  arguments.words = {"reset", "2"};
  CHECK(plan_verb(kVerbs, arguments).error() == "too many: reset");
}

TEST_CASE("what a person asks of events becomes a query") {
  Arguments arguments;
  arguments.kind = "line.urc,line.command";
  arguments.since = 7;
  CHECK(plan_of("events", arguments).call.target ==
        "/events?since=7&kind=line.urc,line.command&follow=false");
  arguments.follows = true;
  const auto plan = plan_of("events", arguments);
  CHECK(plan.call.target == "/events?since=7&kind=line.urc,line.command");
  CHECK(plan.call.accept == "text/event-stream");
}

TEST_CASE("a predicate is put together from flags, with numbers as numbers") {
  Arguments arguments;
  arguments.kind = "server.request";
  arguments.where = {"path=/rd", "size=5", "query=a=b"};
  arguments.count = 1;
  CHECK(plan_of("verify", arguments).call.body ==
        R"({"kind":"server.request","where":{"path":"/rd","size":5,"query":"a=b"},"count":1})");
  arguments.min = 2;
  CHECK_FALSE(predicate_of(arguments));
  arguments.count.reset();
  arguments.where = {"path"};
  CHECK_FALSE(predicate_of(arguments));
}

TEST_CASE("what stands in a path is escaped") {
  Arguments arguments;
  arguments.words = {"[2001:db8::9]:5683", "a b/c?d"};
  CHECK(plan_of("servers", arguments).call.target ==
        "/servers/%5B2001:db8::9%5D:5683/resources/a%20b/c%3Fd");
}

TEST_CASE("a line is typed with its end as a person types it") {
  CHECK(unescape_line(R"(AT+CSQ\r)") == "AT+CSQ\r");
  CHECK(unescape_line(R"(a\\r\n\x\)") == "a\\r\n\\x\\");
}

TEST_CASE("an override says only what is given") {
  Arguments arguments;
  arguments.path = "/rd";
  arguments.code = "4.04";
  arguments.times = 1;
  CHECK(override_of(arguments, false).dump() == R"({"times":1,"path":"/rd","code":"4.04"})");
  arguments.command = "AT+CSQ";
  arguments.lines = {"+CSQ: 99,99"};
  CHECK(override_of(arguments, true).dump() ==
        R"({"times":1,"command":"AT+CSQ","lines":["+CSQ: 99,99"]})");
}
