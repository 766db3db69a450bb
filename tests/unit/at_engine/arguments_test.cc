#include "at_engine/arguments.h"

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

namespace {

constexpr IntParam<> kFirst{"first", 2, 60};
constexpr TextParam kName{"name", {.size_min = 1, .size_max = 3}};
constexpr ParamList kParams{kFirst, kName};
constexpr std::size_t kNoneOptional = 0;

ParseError parse_error(std::string_view text) {
  const auto arguments = Arguments::parse(text, kParams, kNoneOptional);
  REQUIRE_FALSE(arguments);
  return arguments.error();
}

}  // namespace

TEST_CASE("each wrong list of values has its own error") {
  CHECK(parse_error("2,\"a") == ParseError::kSyntax);
  CHECK(parse_error("2,\"a\"b") == ParseError::kSyntax);
  CHECK(parse_error("2,a\"b\"") == ParseError::kSyntax);
  CHECK(parse_error("") == ParseError::kMissing);
  CHECK(parse_error("2") == ParseError::kMissing);
  CHECK(parse_error("2,") == ParseError::kMissing);
  CHECK(parse_error(",\"a\"") == ParseError::kMissing);
  CHECK(parse_error("2,\"a\",") == ParseError::kSurplus);
  CHECK(parse_error("2,\"a\",3") == ParseError::kSurplus);
  CHECK(parse_error("x,\"a\"") == ParseError::kType);
  CHECK(parse_error("\"2\",\"a\"") == ParseError::kType);
  CHECK(parse_error("2,a") == ParseError::kType);
  CHECK(parse_error("1,\"a\"") == ParseError::kRange);
  CHECK(parse_error("2,\"\"") == ParseError::kRange);
  CHECK(parse_error("2,\"abcd\"") == ParseError::kRange);
}

TEST_CASE("a form without values misses what is required") {
  const auto arguments = Arguments::parse(std::nullopt, kParams, 1);
  REQUIRE_FALSE(arguments);
  CHECK(arguments.error() == ParseError::kMissing);
}

TEST_CASE("a form without values has none where none is required") {
  const auto arguments = Arguments::parse(std::nullopt, kParams, 2);
  REQUIRE(arguments);
  CHECK(arguments->count() == 0);
  CHECK_FALSE(arguments->find(kFirst));
  CHECK(arguments->get(kName).empty());
}

TEST_CASE("optional values may be left out from the end") {
  Host host;
  CHECK(host.send("AT+TRIO=1,2,3\r") == "\r\n3: 1 2 3\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TRIO=1,2\r") == "\r\n2: 1 2 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TRIO=1\r") == "\r\n1: 1 none none\r\n\r\nOK\r\n");
}

TEST_CASE("an optional value may be left out in the middle and at the end") {
  Host host;
  CHECK(host.send("AT+TRIO=1,,3\r") == "\r\n3: 1 none 3\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TRIO=1, ,3\r") == "\r\n3: 1 none 3\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TRIO=1,2,\r") == "\r\n3: 1 2 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG=\"alpha\",1,\r") == "\r\n2: 1 none\r\n\r\nOK\r\n");
}

TEST_CASE("a required value may not be left out") {
  Host host;
  CHECK(host.send("AT+TRIO=\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TRIO=,2\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"alpha\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"alpha\",\r") == "\r\nERROR\r\n");
}

TEST_CASE("surplus values are refused, empty ones too") {
  Host host;
  CHECK(host.send("AT+TRIO=1,2,3,4\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TRIO=1,2,3,\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"gamma\",\r") == "\r\nERROR\r\n");
}

TEST_CASE("integers are decimal, with a minus where the range has one") {
  Host host;
  CHECK(host.send("AT+INT=-5\r") == "\r\n1: -5\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=007\r") == "\r\n1: 7\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=+7\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=0x7\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=7.0\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=-\r") == "\r\nERROR\r\n");
}

TEST_CASE("integers outside their range are refused at both ends") {
  Host host;
  CHECK(host.send("AT+INT=-6\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=100\r") == "\r\n1: 100\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=101\r") == "\r\nERROR\r\n");
}

TEST_CASE("integers of 64 bits are taken and longer ones refused") {
  Host host;
  CHECK(host.send("AT+HUGE=9223372036854775807\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+HUGE=-9223372036854775808\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+HUGE=9223372036854775808\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+HUGE=-9223372036854775809\r") == "\r\nERROR\r\n");
}

TEST_CASE("a listed value is taken and a gap of the list refused") {
  Host host;
  CHECK(host.send("AT+LIST=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("AT+LIST=2\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+LIST=3\r") == "\r\n1: 3\r\n\r\nOK\r\n");
}

TEST_CASE("a quoted number is no number") {
  Host host;
  CHECK(host.send("AT+INT=\"7\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=\"\"\r") == "\r\nERROR\r\n");
}

TEST_CASE("a bare word is text only where the parameter says so") {
  Host host;
  CHECK(host.send("AT+TEXT=abc\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TEXT=123\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+PIN=8417\r") == "\r\n1: <8417>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+PIN=841x\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+PIN=\"841x\"\r") == "\r\n1: <841x>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+WORD=/a/b c\r") == "\r\n1: </a/b c>\r\n\r\nOK\r\n");
}

TEST_CASE("a bare word has the limits of quoted text") {
  Host host;
  CHECK(host.send("AT+PIN=841\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+PIN=12345678\r") == "\r\n1: <12345678>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+PIN=123456789\r") == "\r\nERROR\r\n");
}

TEST_CASE("the octets between quotes are taken as they are") {
  Host host;
  CHECK(host.send("AT+TEXT=\"aB\\22 /?=&\"\r") == "\r\n1: <aB\\22 /?=&>\r\n\r\nOK\r\n");
}

TEST_CASE("an open quote is refused") {
  Host host;
  CHECK(host.send("AT+TEXT=\"abc\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TEXT=\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TEXT=\"abc;+INT=1\r") == "\r\nERROR\r\n");
}

TEST_CASE("text behind a closing quote is refused") {
  Host host;
  CHECK(host.send("AT+TEXT=\"a\"b\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TEXT=\"a\"\"b\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+TEXT=\"a\" b\r") == "\r\nERROR\r\n");
}

TEST_CASE("a quote within a bare word is refused") {
  Host host;
  CHECK(host.send("AT+WORD=a\"b\"\r") == "\r\nERROR\r\n");
}

TEST_CASE("a parameter that is left out has its default") {
  constexpr auto kNumber = IntParam<>("number", 1, 9).by_default(4);
  constexpr auto kWord = WordParam("word", {"IP", "PPP"}).by_default("PPP");
  const ParamList optional{kNumber, kWord};

  const auto none = Arguments::parse("", optional, 2);
  REQUIRE(none);
  CHECK(none->get(kNumber) == 4);
  CHECK(none->get(kWord) == "PPP");
  CHECK_FALSE(none->has(kNumber));
  CHECK_FALSE(none->find(kNumber));

  const auto given = Arguments::parse("7,\"ip\"", optional, 2);
  REQUIRE(given);
  CHECK(given->get(kNumber) == 7);
  CHECK(given->get(kWord) == "IP");
}

TEST_CASE("an empty string is a value and an omitted one is none") {
  Host host;
  CHECK(host.send("AT+NOTE=1,\"\"\r") == "\r\n2: 1 <>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+NOTE=1,\r") == "\r\n2: 1 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+NOTE=1\r") == "\r\n1: 1 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TEXT=\"\"\r") == "\r\nERROR\r\n");
}

TEST_CASE("a row may have its own error for a value out of range") {
  // quectel-at.md §2.2: file commands report an unusable value as 400, syntax errors stay ERROR.
  Host host;
  CHECK(host.send("AT+FILE=101,\"a\"\r") == "\r\n+CME ERROR: 400\r\n");
  CHECK(host.send("AT+FILE=1,\"abcde\"\r") == "\r\n+CME ERROR: 400\r\n");
  CHECK(host.send("AT+FILE=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+FILE=1,\"a\",2\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+FILE=1,\"a\r") == "\r\nERROR\r\n");
}
