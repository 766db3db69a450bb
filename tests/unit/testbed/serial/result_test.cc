#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

TEST_CASE("without faults the line passes everything on at once and in order") {
  SerialBench bench;
  bench.push(kEcho, "AT+CSQ\r");
  bench.push(kInformation, "\r\n+CSQ: 20,99\r\n");
  bench.push(kFinal, "\r\nOK\r\n");
  bench.push(kUrc, "\r\n+URC: 1\r\n");
  bench.push(kPrompt, "\r\n> ");
  bench.push(kRaw, "raw");
  CHECK_FALSE(bench.line.poll_timeout());
  CHECK(bench.read() == "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n\r\n+URC: 1\r\n\r\n> raw");
  CHECK(bench.written.size() == 1);
  CHECK(bench.read().empty());
  CHECK_FALSE(bench.line.poll_timeout());
  CHECK(bench.events().empty());
}

TEST_CASE("what the host did not take stays") {
  SerialBench bench;
  bench.push(kFinal, "\r\nOK\r\n");
  CHECK(as_text(bench.line.poll(bench.now)) == "\r\nOK\r\n");
  bench.line.handle_written(0);
  bench.line.handle_written(3);
  CHECK(bench.write(kUrc, "\r\n+URC: 1\r\n") == "K\r\n\r\n+URC: 1\r\n");
}

TEST_CASE("the dropped result is the next one, and nothing else") {
  SerialBench bench;
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  bench.inject(DropResult{});
  CHECK(bench.write(kEcho, "AT+CSQ\r") == "AT+CSQ\r");
  CHECK(bench.write(kInformation, "\r\n+CSQ: 20,99\r\n") == "\r\n+CSQ: 20,99\r\n");
  CHECK(bench.write(kFinal, "\r\n+CME ERROR: 3\r\n").empty());
  CHECK(bench.write(kUrc, "\r\n+URC: 1\r\n") == "\r\n+URC: 1\r\n");
  CHECK(bench.write(kFinal, "\r\nERROR\r\n") == "\r\nERROR\r\n");
  CHECK(bench.events() ==
        std::vector<std::string>{"dropped the result \"+CME ERROR: 3\" (17 octets)"});
  CHECK(bench.line.count(SerialEventKind::kResultDropped) == 1);
}

TEST_CASE("two drops drop two results") {
  SerialBench bench;
  bench.inject(DropResult{});
  bench.inject(DropResult{});
  CHECK(bench.write(kFinal, "\r\nOK\r\n").empty());
  CHECK(bench.write(kFinal, "0\r").empty());
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == "\r\nOK\r\n");
}

TEST_CASE("the doubled result is the next one, and stands twice on end") {
  SerialBench bench;
  bench.inject(DoubleResult{});
  CHECK(bench.write(kInformation, "\r\nOK\r\n") == "\r\nOK\r\n");
  CHECK(bench.write(kFinal, "\r\nERROR\r\n") == "\r\nERROR\r\n\r\nERROR\r\n");
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == "\r\nOK\r\n");
  CHECK(bench.events() == std::vector<std::string>{"doubled the result \"ERROR\" (9 octets)"});
}

TEST_CASE("a result takes the first fault of each kind, and a drop uses up the other") {
  SerialBench bench;
  bench.inject(DoubleResult{});
  bench.inject(DropResult{});
  bench.inject(DoubleResult{});
  CHECK(bench.write(kFinal, "0\r").empty());
  CHECK(bench.write(kFinal, "0\r") == "0\r0\r");
  CHECK(bench.write(kFinal, "0\r") == "0\r");
}

TEST_CASE("garbage stands right before the next segment, once") {
  SerialBench bench;
  bench.push(kEcho, "AT\r");
  bench.inject(Garbage{5});
  CHECK(bench.read() == "AT\r");
  const auto output = bench.write(kFinal, "\r\nOK\r\n");
  REQUIRE(output.size() == 5 + 6);
  CHECK(output.substr(5) == "\r\nOK\r\n");
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == "\r\nOK\r\n");
  CHECK(bench.line.count(SerialEventKind::kGarbageWritten) == 1);
  CHECK(bench.events().size() == 1);
}

TEST_CASE("garbage is that of the seed, and counts add up") {
  const auto garbage = [](std::uint64_t seed) {
    SerialBench bench(seed);
    bench.inject(Garbage{10});
    bench.inject(Garbage{20});
    return bench.write(kUrc, "\r\n+URC: 1\r\n");
  };
  CHECK(garbage(7).size() == 30 + 11);
  CHECK(garbage(7) == garbage(7));
  CHECK(garbage(7) != garbage(8));
}
