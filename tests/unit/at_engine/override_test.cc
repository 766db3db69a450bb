// Answers in the place of the table's.
#include "at_engine/override_table.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::at;

TEST_CASE("a final result is read as a host sees it") {
  CHECK(parse_result("OK")->result == FinalResult::kOk);
  CHECK(parse_result("NO CARRIER")->result == FinalResult::kNoCarrier);
  CHECK(parse_result("+CME ERROR: 3")->error->text == "operation not allowed");
  CHECK(parse_result("+CME ERROR: SIM busy")->error->number == 14);
  CHECK(parse_result("+CME ERROR: 563")->error->number == 563);
  for (const auto* text : {"", "ok", "CONNECT", "RING", "+CME ERROR: ", "+CME ERROR: -1",
                           "+CME ERROR: 3 ", "+CME ERROR: 99999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_result(text));
  }
}

TEST_CASE("a pattern matches a whole command, or its beginning") {
  OverrideTable table;
  CHECK(table.is_empty());
  CHECK(table.add({.id = 1, .pattern = "AT+CSQ", .times_left = 1}));
  CHECK_FALSE(table.take("+CSQ=?"));
  CHECK_FALSE(table.take("+CS"));
  CHECK(table.take("+csq"));
  CHECK_FALSE(table.take("+CSQ"));
  CHECK(table.add({.id = 2, .pattern = "+QCOAP*", .lines = {"a"}}));
  CHECK(table.take("+QCOAPOPEN?")->lines == std::vector<std::string>{"a"});
  CHECK(table.add({.id = 3, .pattern = "*", .lines = {"b"}}));
  CHECK(table.take("E0")->lines == std::vector<std::string>{"b"});
  CHECK(table.remove(3));
  CHECK_FALSE(table.remove(3));
  CHECK_FALSE(table.take("E0"));
}
