#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;
using namespace std::string_literals;

TEST_CASE("an AT alone is OK, with blanks too") {
  Host host;
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
  CHECK(host.send("AT  \r") == "\r\nOK\r\n");
}

TEST_CASE("basic commands follow one another without a separator") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATE0V1\r") == "ATE0V1\r\r\nOK\r\n");
  CHECK(host.send("ATV0E1\r") == "0\r");
  CHECK(host.send("AT&FV0Q1Q0\r") == "AT&FV0Q1Q0\r0\r");
}

TEST_CASE("an extended command may follow a basic one at once") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT&FE0+INT=1\r") == "AT&FE0+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("a semicolon separates extended commands, and a basic one may follow it") {
  Host host;
  CHECK(host.send("AT+INT=1;+INT?\r") == "\r\n1: 1\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=1;V0\r") == "\r\n1: 1\r\n0\r");
}

TEST_CASE("a semicolon behind a basic command separates too") {
  Host host;
  CHECK(host.send("ATX1;+INT=1\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("ATX1;E0\r") == "\r\nOK\r\n");
}

TEST_CASE("an extended command without its semicolon swallows what follows") {
  Host host;
  CHECK(host.send("AT+INT=1+INT=2\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT?E0\r") == "\r\nERROR\r\n");
}

TEST_CASE("a semicolon within quotes is text") {
  Host host;
  CHECK(host.send("AT+TEXT=\"a;+INT=1\";+INT=2\r") ==
        "\r\n1: <a;+INT=1>\r\n\r\n1: 2\r\n\r\nOK\r\n");
}

TEST_CASE("a comma within quotes is text") {
  Host host;
  CHECK(host.send("AT+NOTE=1,\"a,b\"\r") == "\r\n2: 1 <a,b>\r\n\r\nOK\r\n");
}

TEST_CASE("a semicolon at the end of a line is harmless") {
  Host host;
  CHECK(host.send("AT+INT=1;\r") == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.send("ATX1; \r") == "\r\nOK\r\n");
}

TEST_CASE("a semicolon with no command before it is an error") {
  Host host;
  CHECK(host.send("AT;\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT=1;;+INT=2\r") == "\r\n1: 1\r\n\r\nERROR\r\n");
}

TEST_CASE("blanks count nowhere but within names, words and quotes") {
  Host host;
  CHECK(host.send("AT +INT= 1 ; +INT?\r") == "\r\n1: 1\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TRIO= 1 , 2 , 3 \r") == "\r\n3: 1 2 3\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG=\"alpha\", 1, 2\r") == "\r\n2: 1 2\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG= \"alpha\" ,1\r") == "\r\n1: 1 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+TEXT= \" a b \" \r") == "\r\n1: < a b >\r\n\r\nOK\r\n");
  CHECK(host.send("AT E 0 V 1 S 3 = 13\r") == "\r\nOK\r\n");
}

TEST_CASE("a blank within a name or in front of its sign is refused") {
  Host host;
  CHECK(host.send("AT+C FG=\"gamma\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+ INT=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT =1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT ?\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT =?\r") == "\r\nERROR\r\n");
}

TEST_CASE("a blank within a number makes it none") {
  Host host;
  CHECK(host.send("AT+INT=1 2\r") == "\r\nERROR\r\n");
}

TEST_CASE("names are read in either case") {
  Host host;
  CHECK(host.send("at+int=1;+Int?\r") == "\r\n1: 1\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
  CHECK(host.send("at&fe0v1\r") == "\r\nOK\r\n");
}

TEST_CASE("a line ends at its first error with one result, and nothing behind it runs") {
  Host host;
  CHECK(host.send("AT+INT=1;+NONE;+INT=2\r") == "\r\n1: 1\r\n\r\nERROR\r\n");
  CHECK(host.send("AT+INT=1;+FAIL;+INT=2\r") == "\r\n1: 1\r\n\r\n+CME ERROR: 3\r\n");
  CHECK(host.send("AT+REFUSE;V0\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
}

TEST_CASE("an unknown command is ERROR at every level of error reports") {
  Host host;
  CHECK(host.send("AT+CMEE=2\r") == "\r\nOK\r\n");
  CHECK(host.send("AT+NONE\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+NONE?\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+NONE=?\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+NONE=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATY\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT&Y\r") == "\r\nERROR\r\n");
}

TEST_CASE("commands of other dialects are refused without a data mode") {
  // quectel-at.md H28.
  Host host;
  CHECK(host.send("AT+QCOAPADDHEADER=11,\"a\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"contextid\",1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+SIZED=\"/path\",5\r") == "\r\nERROR\r\n");
  CHECK_FALSE(host.engine.is_waiting_for_host());
}

TEST_CASE("a name is no shorter or longer name") {
  Host host;
  CHECK(host.send("AT+IN=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INTX=1\r") == "\r\nERROR\r\n");
}

TEST_CASE("signs without a name and foreign characters are errors") {
  Host host;
  CHECK(host.send("AT+\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT&\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT&1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT?\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT#1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT\xFF\r") == "\r\nERROR\r\n");
}

TEST_CASE("a question mark behind the sign asks for the ranges") {
  Host host;
  CHECK(host.send("AT+INT=?\r") == "\r\n+INT: (-5-100)\r\n\r\nOK\r\n");
  CHECK(host.send("AT+LIST=?\r") == "\r\n+LIST: (0,1,3)\r\n\r\nOK\r\n");
  CHECK(host.send("AT+NOTE=?\r") == "\r\n+NOTE: (-5-100),<note>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+PIN=?\r") == "\r\n+PIN: (fixed)\r\n\r\nOK\r\n");
}

TEST_CASE("a row without parameters has nothing to tell but that it exists") {
  Host host;
  CHECK(host.send("AT+INFO=?\r") == "\r\nOK\r\n");
}

TEST_CASE("rows of one name tell their ranges together, in their order") {
  Host host;
  CHECK(host.send("AT+CFG=?\r") ==
        "\r\n+CFG: \"alpha\",(-5-100),(0-9)\r\n+CFG: \"beta\",<text>\r\n\r\nOK\r\n");
}

TEST_CASE("a value that begins with a question mark is a value") {
  Host host;
  CHECK(host.send("AT+WORD=?x\r") == "\r\n1: <?x>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+WORD=\"?\"\r") == "\r\n1: <?>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT=?x\r") == "\r\nERROR\r\n");
}

TEST_CASE("junk behind the question mark of a read form is an error") {
  Host host;
  CHECK(host.send("AT+INT?\r") == "\r\n+INT: 7\r\n\r\nOK\r\n");
  CHECK(host.send("AT+INT?1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT??\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INT?=1\r") == "\r\nERROR\r\n");
}

TEST_CASE("a form that a command does not have is an error") {
  Host host;
  CHECK(host.send("AT+INT\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INFO?\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+INFO=1\r") == "\r\nERROR\r\n");
}

TEST_CASE("keywords tell rows apart, in either case and only in quotes") {
  Host host;
  CHECK(host.send("AT+CFG=\"Alpha\",1\r") == "\r\n1: 1 none\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG=\"BETA\",\"x\"\r") == "\r\n1: <x>\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG=\"gamma\"\r") == "\r\n0:\r\n\r\nOK\r\n");
  CHECK(host.send("AT+CFG=gamma\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"gamm\"\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"gamma\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"gamma\"x\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\"alpha\"x1\r") == "\r\nERROR\r\n");
  CHECK(host.send("AT+CFG=\r") == "\r\nERROR\r\n");
}

TEST_CASE("a missing number of a basic command is 0") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("ATE\r") == "ATE\r\r\nOK\r\n");
  CHECK(host.send("ATV\r") == "0\r");
  CHECK_FALSE(host.engine.settings().echo);
}

TEST_CASE("numbers of basic commands may have leading zeros and must be in range") {
  Host host;
  CHECK(host.send("ATE001\r") == "\r\nOK\r\n");
  CHECK(host.engine.settings().echo);
  CHECK(host.send("ATE0E2\r") == "ATE0E2\r\r\nERROR\r\n");
  CHECK(host.send("ATX5\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATX99999999999999999999\r") == "\r\nERROR\r\n");
}

TEST_CASE("junk in the place of a basic command's number is an error that changes nothing") {
  Host host;
  CHECK(host.send("ATV?\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATV=0\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATV-1\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATV0,1\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS3=-1\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS3=\"33\"\r") == "\r\nERROR\r\n");
}

TEST_CASE("an S register is read in three digits, under any spelling of its number") {
  Host host;
  CHECK(host.send("ATS3?\r") == "\r\n013\r\n\r\nOK\r\n");
  CHECK(host.send("ATS03?\r") == "\r\n013\r\n\r\nOK\r\n");
  CHECK(host.send("ats003?s4?\r") == "\r\n013\r\n\r\n010\r\n\r\nOK\r\n");
}

TEST_CASE("an S register takes a number in its range") {
  Host host;
  CHECK(host.send("ATS3=13\r") == "\r\nOK\r\n");
  CHECK(host.send("ATS3=013S5=8\r") == "\r\nOK\r\n");
  CHECK(host.send("ATS3=128\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS4=\r") == "\r\0OK\r\0"s);
}

TEST_CASE("an S register without number, sign or existence is an error") {
  Host host;
  CHECK(host.send("ATS\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS=1\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS3\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS99?\r") == "\r\nERROR\r\n");
  CHECK(host.send("ATS99=1\r") == "\r\nERROR\r\n");
}

TEST_CASE("a dial string takes the rest of its line") {
  Host host;
  CHECK(host.send("ATD*99#;+INT=1\r") == "\r\nNO CARRIER\r\n");
  CHECK(host.send("ATX1DT\"name\",1?\r") == "\r\nNO CARRIER\r\n");
  CHECK(host.send("ATD\r") == "\r\nNO CARRIER\r\n");
}
