#include "tools/conform/language/script.h"
#include "tests/support/catch.h"
#include "tools/conform/settings.h"

namespace vmodem::conform {
namespace {

struct Mistake {
  std::string text;
  std::size_t line;
};

TEST_CASE("a mistake in a transcript is told with its line and what would be right") {
  const auto mistake = GENERATE(
      Mistake{"> AT\nhello\n", 2}, Mistake{"> AT\nset dialect.split_uri=true\n", 2},
      Mistake{"> AT\nseed 3\n", 2}, Mistake{"# one\n\nseed x\n", 3}, Mistake{"set novalue\n", 1},
      Mistake{"peer one\n", 1}, Mistake{"peer one 10.0.0.1:0\n", 1},
      Mistake{"peer one 10.0.0.1:65536\n", 1}, Mistake{"peer one 10.0.0.1:1 deaf\n", 1},
      Mistake{"peer one 10.0.0.1:1\npeer one 10.0.0.2:1\n", 2}, Mistake{"real yes — really\n", 1},
      Mistake{"real no\n", 1}, Mistake{"real no —\n", 1}, Mistake{">> \\q\n", 1},
      Mistake{"<< \\x1\n", 1}, Mistake{"< {never}\n", 1}, Mistake{"udp< nobody 40\n", 1},
      Mistake{"peer one 10.0.0.1:1\nudp< one 4\n", 2},
      Mistake{"peer one 10.0.0.1:1\nudp> one 40\n", 2},
      Mistake{"peer one 10.0.0.1:1\nudp< one 40\nudp> one ??\n", 3}, Mistake{"wait 4\n", 1},
      Mistake{"wait 4.5s\n", 1}, Mistake{"at soon\n", 1}, Mistake{"mark here\n", 1},
      Mistake{"> AT\r\n", 1}, Mistake{"internet now\n", 1}, Mistake{"> AT\ninternet\n", 2},
      Mistake{"fault\n", 1}, Mistake{"fault 4s\n", 1}, Mistake{"fault 4s: explode\n", 1},
      Mistake{"fault soon#0: reset\n", 1}, Mistake{"> AT\nfault 4s: reset\n", 2},
      Mistake{"peer one :1\n", 1}, Mistake{"clause\n> AT\nclause x\n", 3},
      Mistake{"clause a;;b\n", 1}, Mistake{"certainty sure\n", 1}, Mistake{"certainty ruled\n", 1},
      Mistake{"certainty documented well\n", 1}, Mistake{"needs luck\n", 1},
      Mistake{"<~ {n:number}\n", 1}, Mistake{"> ${n}\n", 1}, Mistake{"unordered\nend\n", 2},
      Mistake{"unordered\n< OK\n", 1}, Mistake{"unordered\n< OK\n> AT\nend\n", 3},
      Mistake{"unordered\nunordered\n", 2}, Mistake{"end\n", 1}, Mistake{"silence soon\n", 1},
      Mistake{"absent 5s\n", 1}, Mistake{"clean-up\nclean-up\n", 2}, Mistake{"shows\n", 1},
      Mistake{"peer one 10.0.0.1:1\nagain one\n", 2});
  INFO(mistake.text);
  const auto script = parse_script(mistake.text);
  REQUIRE_FALSE(script);
  CHECK(script.error().line == mistake.line);
  CHECK_FALSE(script.error().fault.what.empty());
  CHECK_FALSE(script.error().fault.right.empty());
}

TEST_CASE("what only the modem object can stage must be marked so") {
  CHECK_FALSE(parse_script("peer one a.example:5683 silent\n"));
  CHECK(parse_script("peer one a.example:5683 silent\nreal no — staged\n"));
}

TEST_CASE("a peer within the simulated internet would hold its clock") {
  CHECK_FALSE(parse_script("internet\npeer one 10.0.0.1:1\n"));
  CHECK(parse_script("internet\npeer one 10.0.0.1:1\nreal no — staged\n"));
}

TEST_CASE("a fault keeps the number of its event, which is no comment") {
  const auto script = parse_script("fault AT+QCOAPSEND#2+5s: link-down 3s\n");
  REQUIRE(script);
  REQUIRE(script->faults.size() == 1);
  const auto& upon = std::get<testbed::Upon>(script->faults.front().trigger);
  CHECK(upon.ordinal == 2);
  CHECK(upon.delay == 5s);
}

TEST_CASE("comments may follow lines that are no dialogue, and are text in those that are") {
  const auto script = parse_script("seed 7 # lucky\n> AT # no comment\n");
  REQUIRE(script);
  CHECK(script->seed == 7U);
  CHECK(std::get<SendSerial>(script->steps.at(0).action).octets.literal() == "AT # no comment\r");
}

TEST_CASE("a case says where it comes from, how sure it is, and what it shows") {
  const auto script = parse_script(
      "clause the note §3.3.1; RFC 7252 §4.2\ncertainty ruled dialect.auto_ack\ntags a b\n"
      "needs card network\nshows N1, N2\n\n> AT\nshows N3\n\nshows N4\n# the second\n< OK\n");
  REQUIRE(script);
  CHECK(script->clauses == std::vector<std::string>{"the note §3.3.1", "RFC 7252 §4.2"});
  CHECK(script->ground.certainty == Certainty::kRuled);
  CHECK(script->ground.by == "dialect.auto_ack");
  CHECK(script->tags == std::vector<std::string>{"a", "b"});
  CHECK(script->needs == std::vector{Need::kCard, Need::kNetwork});
  CHECK(script->shows == std::vector<std::string>{"N1", "N2"});
  REQUIRE(script->checks.size() == 2);
  CHECK(script->checks[0].title == "> AT");
  CHECK(script->checks[0].shows == std::vector<std::string>{"N3"});
  CHECK(script->checks[1].title == "the second");
  CHECK(script->checks[1].shows == std::vector<std::string>{"N4"});
}

TEST_CASE("commands and answers name the server that stands in for the peers") {
  const auto script = parse_script(
      "peer one 203.0.113.5:5683\n> AT+QCOAPOPEN=0,\"203.0.113.5\",5683\n< \"203.0.113.5\"\n",
      {.server_address = "192.0.2.9"});
  REQUIRE(script);
  CHECK(std::get<SendSerial>(script->steps[0].action).octets.literal() ==
        "AT+QCOAPOPEN=0,\"192.0.2.9\",5683\r");
  CHECK(std::get<ExpectSerial>(script->steps[1].action).octets.literal() ==
        "\r\n\"192.0.2.9\"\r\n");
  CHECK(script->peers[0].host == "203.0.113.5");
}

TEST_CASE("a peer's address is an IPv4 address, an IPv6 address in brackets, or a name") {
  const auto script =
      parse_script("peer a 10.0.0.1:1\npeer b [2001:db8::1]:65535\npeer c coap.example:5683\n");
  REQUIRE(script);
  CHECK(script->peers.at(0).host == "10.0.0.1");
  CHECK(script->peers.at(1).host == "2001:db8::1");
  CHECK(script->peers.at(1).port == 65535);
  CHECK(script->peers.at(2).host == "coap.example");
}

TEST_CASE("a setting that is none of the module is told with its line") {
  for (const auto* text : {"\nset dialect.nosuch=1\n", "\nset dialect.split_uri=maybe\n",
                           "\nset network.mode=host\n"}) {
    INFO(text);
    const auto config = make_modem_config(parse_script(text).value());
    REQUIRE_FALSE(config);
    CHECK(config.error().line == 2);
  }
}

TEST_CASE("settings reach the modem's configuration") {
  const auto config =
      make_modem_config(parse_script("set dialect.nstart=2\nset identity.model=BG77\n").value());
  REQUIRE(config);
  CHECK(config->dialect.messages.nstart == 2);
  CHECK(config->identity.model == "BG77");
}

TEST_CASE("a file that cannot be read is told as a whole") {
  const auto script = read_script("/nonexistent/file.at");
  REQUIRE_FALSE(script);
  CHECK(script.error().line == 0);
}

}  // namespace
}  // namespace vmodem::conform
