#include "tools/conform/answer/answer.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::conform;

using Fields = std::vector<std::string_view>;

TEST_CASE("a comma within quotes or brackets parts no fields") {
  CHECK(Answer::parse("+QNWINFO: \"eMTC\",\"a,b\",1").fields == Fields{"\"eMTC\"", "\"a,b\"", "1"});
  CHECK(Answer::parse("+CFUN: (0,1,4),(0,1)").fields == Fields{"(0,1,4)", "(0,1)"});
  CHECK(Answer::parse("+QIACT: ").fields == Fields{""});
}

TEST_CASE("a line without a name is one field") {
  CHECK(Answer::parse("Revision: BG95, x").name.empty());
  CHECK(Answer::parse("Revision: BG95, x").fields == Fields{"Revision: BG95, x"});
}

TEST_CASE("a command is called by its name, the last of a line of several") {
  CHECK(command_name("AT+CGSN=1") == "+CGSN");
  CHECK(command_name("at+csq;+cgsn") == "+CGSN");
  CHECK(command_name("ATI") == "I");
  CHECK(command_name("RDY").empty());
}

TEST_CASE("two answers of one meaning are one without what is volatile") {
  CHECK(without_volatile("+CGSN", "864508030012428") ==
        without_volatile("+CGSN", "869999999999999"));
  CHECK(without_volatile("", "+CSQ: 28,99") == without_volatile("", "+CSQ: 3,0"));
  CHECK(without_volatile("", "+QCOAPACK: 0,0,7,0") == "+QCOAPACK: 0,0,<message ID>,0");
  CHECK(without_volatile("", "+QIURC: \"dnsgip\",\"198.51.100.7\"") ==
        "+QIURC: \"dnsgip\",<address>");
  CHECK(without_volatile("+CCLK", "+CCLK: \"25/01/01,00:00:00+00\"") == "+CCLK: <time>");
}

TEST_CASE("what has not the form of a volatile field is no such field") {
  CHECK(without_volatile("+CGSN", "8645") == "8645");
  CHECK(without_volatile("+CSQ", "+CSQ: (0-31,99),(0-7,99)") == "+CSQ: (0-31,99),(0-7,99)");
  CHECK(without_volatile("", "+CREG: 0,1") == "+CREG: 0,1");
  CHECK(without_volatile("", "+CREG: 2,\"54DB\",\"6BBD03\",8") == "+CREG: 2,<cell>,<cell>,8");
  CHECK(without_volatile("", "+CEREG: 2,1,\"54DB\",\"6BBD03\",8") == "+CEREG: 2,1,<cell>,<cell>,8");
}

TEST_CASE("fifteen digits mean an IMEI only where an IMEI was asked") {
  CHECK(without_volatile("+CGMM", "864508030012428") == "864508030012428");
}

TEST_CASE("each kind of volatile field has its name and its rows") {
  for (const auto& row : volatile_fields()) {
    CHECK_FALSE(name_of(row.kind).empty());
    CHECK(row.first >= 1);
    CHECK(row.last >= row.first);
  }
}
