#include "firmware/base/printable.h"

#include "tests/support/catch.h"

using namespace vmodem;

TEST_CASE("what alters a terminal is escaped, everything else is as it was") {
  CHECK(printable("a \xC3\xBC \xE2\x82\xAC \xF0\x9F\x98\x80~", 100) ==
        "a \xC3\xBC \xE2\x82\xAC \xF0\x9F\x98\x80~");
  CHECK(printable("\x1B[2J\r\n\t\x7F", 100) == "\\x1B[2J\\x0D\\x0A\\x09\\x7F");
  CHECK(printable(std::string_view("\0", 1), 100) == "\\x00");
  CHECK(printable("\xC2\x9B", 100) == "\\xC2\\x9B");  // CSI as one character
  CHECK(printable("\x9B\xC3(\xE2\x82", 100) == "\\x9B\\xC3(\\xE2\\x82");
}

TEST_CASE("of a long text both ends are shown, cut between characters") {
  CHECK(printable("0123456789", 10) == "0123456789");
  CHECK(printable("0123456789x", 10) == "01234…6789x");
  CHECK(printable(std::string(1 << 20, 'a'), 20).size() < 30);
  CHECK(printable("ab\xE2\x82\xAC"
                  "cd\xE2\x82\xAC",
                  6) == "ab…\xE2\x82\xAC");
}
