#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

TEST_CASE("the host's octets reach the module as they are, and where they are") {
  SerialBench bench;
  const auto octets = as_bytes("AT\r");
  const auto received = bench.line.receive(bench.now, octets);
  CHECK(received.data() == octets.data());
  CHECK(received.size() == 3);
  CHECK(bench.events().empty());
}

TEST_CASE("as many octets are lost as were told, over several writes") {
  SerialBench bench;
  bench.inject(DropInput{4});
  CHECK(bench.receive("AT\r").empty());
  CHECK(bench.receive("AT+CSQ\r") == "T+CSQ\r");
  CHECK(bench.receive("AT\r") == "AT\r");
  CHECK(bench.events() == std::vector<std::string>{"dropped the input \"AT\" (3 octets)",
                                                   "dropped the input \"A\" (1 octets)"});
}

TEST_CASE("a garbled octet is another one, the others stay") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SerialBench bench(seed);
    bench.inject(GarbleInput{2});
    const auto received = bench.receive("AT\r");
    REQUIRE(received.size() == 3);
    REQUIRE(received[0] != 'A');
    REQUIRE(received[1] != 'T');
    REQUIRE(received[2] == '\r');
    REQUIRE(bench.receive("AT\r") == "AT\r");
    REQUIRE(bench.line.count(SerialEventKind::kInputGarbled) == 1);
  }
}

TEST_CASE("garbling is that of the seed") {
  const auto garbled = [](std::uint64_t seed) {
    SerialBench bench(seed);
    bench.inject(GarbleInput{10});
    return bench.receive("AT+CSQ;+CSQ\r");
  };
  CHECK(garbled(7) == garbled(7));
  CHECK(garbled(7) != garbled(8));
}

TEST_CASE("counts add up, and octets are dropped before they are garbled") {
  SerialBench bench;
  bench.inject(GarbleInput{1});
  bench.inject(DropInput{1});
  bench.inject(DropInput{1});
  const auto received = bench.receive("ABCD");
  REQUIRE(received.size() == 2);
  CHECK(received[0] != 'C');
  CHECK(received[1] == 'D');
}

TEST_CASE("faults of the input leave the output alone") {
  SerialBench bench;
  bench.inject(DropInput{100});
  bench.inject(GarbleInput{100});
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
}
