#include "firmware/testbed/serial/line_rates.h"

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

TEST_CASE("a receiver at the same rate, or nearly, reads what is sent") {
  CHECK(misread(as_bytes("AT+CGMM\r"), 115200, 115200) == to_bytes("AT+CGMM\r"));
  CHECK(misread(as_bytes("AT+CGMM\r"), 115200, 113000) == to_bytes("AT+CGMM\r"));
}

TEST_CASE(
    "a receiver that is much too fast looks at the start bit alone, or at the bits it meets") {
  CHECK(misread(as_bytes("AT"), 9600, 115200) == Bytes{0x00, 0x00});
  // 0x41 is 1000 0010 with the lowest bit first, behind its start bit: each of them is met twice.
  CHECK(misread(as_bytes("A"), 9600, 19200) == Bytes{0x06});
}

TEST_CASE("a receiver that is too slow finds the idle line behind the octet") {
  CHECK(misread(as_bytes("A"), 115200, 9600) == Bytes{0xff});
}

TEST_CASE("where the rates of both ends differ both read octets that nobody has sent") {
  SerialBench bench;
  bench.line.set_rates({.host = 9600, .module = 115200});
  CHECK(bench.receive("AT\r") == std::string(3, '\0'));
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == std::string(6, '\xff'));
  bench.line.set_rates({.host = 115200, .module = 115200});
  CHECK(bench.receive("AT\r") == "AT\r");
  bench.line.set_rates({});
  CHECK(bench.receive("AT\r") == "AT\r");
}
