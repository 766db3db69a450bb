#include <string>

#include "firmware/testbed/serial/receive_length.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;
using namespace std::string_literals;

namespace {

// The URC with its length changed, or nothing.
std::string changed(std::string_view urc, int delta) {
  const auto octets = with_receive_length_changed(as_bytes(urc), delta);
  return octets ? std::string(as_text(*octets)) : "";
}

}  // namespace

TEST_CASE("the length of a payload is told wrong, the payload stays") {
  CHECK(changed("\r\n+QCOAPRECV: 0,1234,4.04,2,3132,0,9\r\nNot Found\r\n", 1) ==
        "\r\n+QCOAPRECV: 0,1234,4.04,2,3132,0,10\r\nNot Found\r\n");
  CHECK(changed("\r\n+QCOAPRECV: 0,1234,4.04,0,,0,9\r\nNot Found\r\n", -4) ==
        "\r\n+QCOAPRECV: 0,1234,4.04,0,,0,5\r\nNot Found\r\n");
}

TEST_CASE("options in front of the length stay as they are") {
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.05,0,,2,12,40,14,60,2\r\nhi\r\n", 100) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,2,12,40,14,60,102\r\nhi\r\n");
}

TEST_CASE("a length of 0 can be told too large, and none goes below 0") {
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.04,0,,0,0\r\n", 3) == "\r\n+QCOAPRECV: 0,7,2.04,0,,0,3\r\n");
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n", -3) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,0\r\nhi\r\n");
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.04,0,,0,0\r\n", -1).empty());
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n", 0).empty());
}

TEST_CASE("neither line ends in an option nor in the payload are mistaken for that of the length") {
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.05,0,,1,8,\"a,1\r\n,2\r\n\",4\r\nb\r\nc\r\n", 1) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,1,8,\"a,1\r\n,2\r\n\",5\r\nb\r\nc\r\n");
  CHECK(changed("\r\n+QCOAPRECV: 0,7,2.05,0,,0,8\r\nab,0\r\ncd\r\n", 1) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,9\r\nab,0\r\ncd\r\n");
}

TEST_CASE("the line end is that of the URC, whatever S3 and S4 are") {
  CHECK(changed("!#+QCOAPRECV: 0,7,2.05,0,,0,2!#hi!#", 1) == "!#+QCOAPRECV: 0,7,2.05,0,,0,3!#hi!#");
}

TEST_CASE("what is no +QCOAPRECV has no such length") {
  CHECK(changed("", 1).empty());
  CHECK(changed("\r", 1).empty());
  CHECK(changed("\r\n", 1).empty());
  CHECK(changed("\r\n+QCOAPACK: 0,0,1234,0\r\n", 1).empty());
  CHECK(changed("\r\n+QCOAPRECV: \r\n", 1).empty());
  CHECK(changed("\r\n+QCOAPRECV: 0,x\r\n", 1).empty());
  CHECK(changed("\r\n+QCOAPRECV: 0,99999999999999999999\r\n", 1).empty());
}

TEST_CASE("the wrong length waits for a +QCOAPRECV and lets other URCs pass") {
  SerialBench bench;
  bench.inject(WrongReceiveLength{-1});
  CHECK(bench.write(kUrc, "\r\n+QCOAPACK: 0,0,7,0\r\n") == "\r\n+QCOAPACK: 0,0,7,0\r\n");
  CHECK(bench.write(kUrc, "\r\n+QCOAPRECV: 0,7,2.04,0,,0,0\r\n") ==
        "\r\n+QCOAPRECV: 0,7,2.04,0,,0,0\r\n");
  CHECK(bench.write(kUrc, "\r\n+QCOAPRECV: 0,7,2.05,0,,0,4\r\n\x00\r\n\xFF\r\n"s) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,3\r\n\x00\r\n\xFF\r\n"s);
  CHECK(bench.write(kUrc, "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n") ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n");
  CHECK(bench.line.count(SerialEventKind::kReceiveLengthChanged) == 1);
}

TEST_CASE("a fault behind a waiting length takes the URC that the length passes by") {
  SerialBench bench;
  bench.inject(WrongReceiveLength{1});
  bench.inject(DropUrc{});
  CHECK(bench.write(kUrc, "\r\n+QCOAPACK: 0,0,7,0\r\n").empty());
  CHECK(bench.write(kUrc, "\r\n+QCOAPRECV: 0,7,2.04,0,,0,0\r\n") ==
        "\r\n+QCOAPRECV: 0,7,2.04,0,,0,1\r\n");
}
