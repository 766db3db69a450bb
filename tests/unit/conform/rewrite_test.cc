#include "tools/conform/rewrite.h"
#include "firmware/base/check.h"
#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"

namespace vmodem::conform {
namespace {

std::string rewrite_text(std::string_view text) {
  const auto script = parse_script(text);
  BG_CHECK(script, "the test's own transcript is well formed");
  ModemBackend backend({}, *script);
  return rewrite(*script, backend).value();
}

TEST_CASE("a transcript that holds is rewritten as it is") {
  const std::string text = R"(# a comment
peer cloud 203.0.113.5:5683

> ATE0
<< ATE0\r
< OK

> AT+QCOAPOPEN=0,"203.0.113.5",5683
# between
< OK
< +QCOAPOPEN: 0,0

> AT+QCOAPHEADER=0,1234,1
< OK
> AT+QCOAPSEND=0,1,1,0,0
< OK
udp< cloud 56 01 ???? d204{random:4}  # a token
< +QCOAPACK: 0,1,1234,0
)";
  CHECK(rewrite_text(text) == text);
}

TEST_CASE("lines that do not hold are replaced by what came") {
  CHECK(rewrite_text("> ATE0\n<< ATE0\\r\n< ERROR\n# behind\n\n> AT+CMEE?\n") ==
        "> ATE0\n<< ATE0\\r\n< OK\n# behind\n\n> AT+CMEE?\n< +CMEE: 1\n< OK\n");
}

TEST_CASE("lines that never came are taken out") {
  CHECK(rewrite_text("> ATE0\n<< ATE0\\r\n< OK\n< OK\n") == "> ATE0\n<< ATE0\\r\n< OK\n");
}

TEST_CASE("a host that does not wait keeps its lines together") {
  CHECK(rewrite_text(">> AT\n>> E0\\r\n") == ">> AT\n>> E0\\r\n<< ATE0\\r\n< OK\n");
}

TEST_CASE("prompts, bare octets and several lines of one answer are written as such") {
  CHECK(rewrite_text("> ATE0V0\n\n> ATI\n\n> ATV1\n\n> ATI\n") ==
        "> ATE0V0\n<< ATE0V0\\r0\\r\n\n"
        "> ATI\n<+ Quectel\n<+ BG95-M3\n<+ Revision: BG95M3LAR02A03\n<< 0\\r\n\n"
        "> ATV1\n< OK\n\n"
        "> ATI\n< Quectel\n<+ BG95-M3\n<+ Revision: BG95M3LAR02A03\n< OK\n");
}

}  // namespace
}  // namespace vmodem::conform
