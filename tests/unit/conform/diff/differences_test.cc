#include "tools/conform/diff/differences.h"

#include <sstream>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::conform;

namespace {

Session session(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return Session::read(lines);
}

using Texts = std::vector<std::string>;

Texts told(const std::string& a, const std::string& b) {
  Texts texts;
  for (const auto& one : differences(session(a), session(b))) texts.push_back(to_text(one));
  return texts;
}

std::string asked(const std::string& command, const std::string& answer) {
  return "> " + command + "\n<< " + command + "\\r\n" + answer + "< OK\n";
}

}  // namespace

TEST_CASE("a field that differs is told by command, place and both values") {
  CHECK(told(asked("AT+CGMM", "< BG95-M3\n"), asked("AT+CGMM", "< BG77\n")) ==
        Texts{"AT+CGMM: field 1: \"BG95-M3\" / \"BG77\""});
  CHECK(told(asked("AT+QCFG=\"x\"", "< +QCFG: \"x\",0,1\n"),
             asked("AT+QCFG=\"x\"", "< +QCFG: \"x\",0\n")) ==
        Texts{"AT+QCFG=\"x\": field 3: \"1\" / nothing"});
}

TEST_CASE("of several lines the one that differs is told") {
  CHECK(told(asked("ATI", "< Quectel\n<+ BG95-M3\n<+ Revision: A\n"),
             asked("ATI", "< Quectel\n<+ BG77\n<+ Revision: A\n")) ==
        Texts{"ATI: line 2, field 1: \"BG95-M3\" / \"BG77\""});
  CHECK(told(asked("AT+QCFG=?", "< +QCFG: \"a\",(0)\n<+ +QCFG: \"b\",(0)\n<+ +QCFG: \"c\",(0)\n"),
             asked("AT+QCFG=?", "< +QCFG: \"a\",(0)\n<+ +QCFG: \"c\",(0)\n")) ==
        Texts{"AT+QCFG=?: line 2: \"+QCFG: \"b\",(0)\" / nothing"});
}

TEST_CASE("what differs in quotes alone shows it") {
  CHECK(told(asked("AT+X", "< +X: 1\n"), asked("AT+X", "< +X: \"1\"\n")) ==
        Texts{"AT+X: field 1: 1 / \"1\""});
}

TEST_CASE("a module's own names, the hour and the air are no difference") {
  CHECK(told(asked("AT+CGSN", "< 864508030012428\n") + asked("AT+CSQ", "< +CSQ: 28,99\n"),
             asked("AT+CGSN", "< 869999999999999\n") + asked("AT+CSQ", "< +CSQ: 7,99\n"))
            .empty());
}

TEST_CASE("a result that differs is told") {
  CHECK(told("> AT+X\n< OK\n", "> AT+X\n< +CME ERROR: 50\n") ==
        Texts{"AT+X: result: \"OK\" / \"+CME ERROR: 50\""});
  CHECK(told("> AT+X\n< OK\n", "> AT+X\n") == Texts{"AT+X: result: \"OK\" / nothing"});
}

TEST_CASE("a command that one alone was asked is told, and the others are still compared") {
  CHECK(told(asked("AT", "") + asked("AT+A", "") + asked("AT+B", "< 1\n"),
             asked("AT", "") + asked("AT+B", "< 2\n")) ==
        Texts{"AT+A: \"AT+A\" / nothing", "AT+B: field 1: \"1\" / \"2\""});
}

TEST_CASE("URCs are compared in their order for each name, wherever they came") {
  const std::string ack = "< +QCOAPACK: 0,0,7,0\n";
  const std::string other_ack = "< +QCOAPACK: 0,0,9,0\n";
  const std::string mail = "< +QCOAPRECV: 0,7,2.05,2,CAFE,0,2\n<+ hi\n";
  CHECK(told("> AT\n< OK\n" + ack + mail, "> AT\n< OK\n" + mail + other_ack).empty());
  CHECK(told(ack, "< +QCOAPACK: 0,0,9,-11\n") == Texts{"+QCOAPACK: field 4: \"0\" / \"-11\""});
  CHECK(told(mail, "< +QCOAPRECV: 0,7,2.05,2,CAFE,0,2\n<+ ho\n") ==
        Texts{"+QCOAPRECV: payload: \"hi\" / \"ho\""});
  CHECK(told("< RDY\n", "") == Texts{"RDY: \"RDY\" / nothing"});
}

TEST_CASE("echo is told once, where it begins to differ") {
  CHECK(told("> AT\n<< AT\\r\n< OK\n> ATI\n<< ATI\\r\n< OK\n", "> AT\n< OK\n> ATI\n< OK\n") ==
        Texts{"AT: echo: \"yes\" / \"no\""});
}

TEST_CASE("data behind a prompt is no command") {
  const std::string upload = "> AT+QFUPL=\"a\",3\n< CONNECT\n> AT\n< +QFUPL: 3,1\n< OK\n";
  CHECK(session(upload).exchanges.size() == 2);
  CHECK(told(upload, upload).empty());
}

TEST_CASE("differences that are alike are counted") {
  std::vector<Difference> all;
  merge(all, {{.asked = "AT+CGMM", .where = "field 1", .a = "x", .b = "y"}});
  merge(all, {{.asked = "AT+CGMM", .where = "field 1", .a = "x", .b = "y"}});
  REQUIRE(all.size() == 1);
  CHECK(to_text(all[0]) == "AT+CGMM: field 1: \"x\" / \"y\" (2 times)");
}
