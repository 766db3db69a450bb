#include "tools/conform/record/redaction.h"

#include "firmware/commands/families.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::conform;

namespace {

std::string redacted(std::string_view lines) {
  return Redaction(firmware::command_table({})).handle(lines);
}

}  // namespace

TEST_CASE("a PIN is masked where it is typed, and so is its echo") {
  CHECK(redacted("> AT+CPIN=\"1234\"\n<< AT+CPIN=\"1234\"\\r\n< OK\n") ==
        "> AT+CPIN=…\n# 15 octets for the host\n< OK\n");
}

TEST_CASE("an argument of a command that no row knows is masked") {
  CHECK(redacted("> AT+SECRET=hunter2\n").find("hunter2") == std::string::npos);
}

TEST_CASE("data behind a prompt is a size, also where it looks like a command") {
  CHECK(redacted("> AT+QFUPL=\"a\",9\n< CONNECT\n> AT+secret\n>> x\\xFFy\n< +QFUPL: 12,1\n< OK\n"
                 "> AT\n") ==
        "> AT+QFUPL=\"a\",9\n< CONNECT\n# 10 octets from the host\n# 3 octets from the host\n"
        "# 16 octets for the host\n< OK\n> AT\n");
}

TEST_CASE("a payload is a size, also where it looks like an answer") {
  CHECK(redacted("< +QCOAPRECV: 0,1,2.05,2,CAFE,0,9\n<+ +secret: 1\n< OK\n") ==
        "< +QCOAPRECV: 0,1,2.05,2,CAFE,0,9\n# 12 octets for the host\n< OK\n");
}

TEST_CASE("waits, comments and empty lines stay") {
  CHECK(redacted("# c\n\nwait 4s\nA\n") == "# c\n\nwait 4s\nA\n");
}
