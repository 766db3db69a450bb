#include <algorithm>

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr std::string_view kAck = "\r\n+QCOAPACK: 0,0,1234,0\r\n";
constexpr std::string_view kOk = "\r\nOK\r\n";

}  // namespace

TEST_CASE("the dropped URC is the next one, and nothing else") {
  SerialBench bench;
  bench.inject(DropUrc{});
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  CHECK(bench.write(kUrc, kAck).empty());
  CHECK(bench.write(kUrc, kAck) == kAck);
  CHECK(bench.events() ==
        std::vector<std::string>{"dropped the URC \"+QCOAPACK: 0,0,1234,0\" (25 octets)"});
}

TEST_CASE("the doubled URC is whole twice, its payload too") {
  SerialBench bench;
  bench.inject(DoubleUrc{});
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  CHECK(bench.write(kUrc, "\r\n+R: 2\r\nab\r\n") == "\r\n+R: 2\r\nab\r\n\r\n+R: 2\r\nab\r\n");
  CHECK(bench.write(kUrc, kAck) == kAck);
  CHECK(bench.line.count(SerialEventKind::kUrcDoubled) == 1);
}

TEST_CASE("the truncated URC ends where it was cut, without its line end") {
  SerialBench bench;
  bench.inject(TruncateUrc{7});
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  CHECK(bench.write(kUrc, kAck) == "\r\n+QCOA");
  CHECK(bench.write(kUrc, kAck) == kAck);
  CHECK(bench.events() ==
        std::vector<std::string>{"truncated the URC \"+QCOAPACK: 0,0,1234,0\" (25 octets)"});
}

TEST_CASE("a cut that would spare the line end takes it, and one at 0 takes everything") {
  SerialBench bench;
  bench.inject(TruncateUrc{100});
  bench.inject(TruncateUrc{24});
  bench.inject(TruncateUrc{0});
  CHECK(bench.write(kUrc, kAck) == "\r\n+QCOAPACK: 0,0,1234,0");
  CHECK(bench.write(kUrc, kAck) == "\r\n+QCOAPACK: 0,0,1234,0");
  CHECK(bench.write(kUrc, kAck).empty());
}

TEST_CASE("a cut by chance keeps something and never the line end") {
  std::vector<bool> seen(kAck.size());
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SerialBench bench(seed);
    bench.inject(TruncateUrc{});
    const auto kept = bench.write(kUrc, kAck);
    REQUIRE_FALSE(kept.empty());
    REQUIRE(kept.size() <= kAck.size() - 2);
    REQUIRE(kept == kAck.substr(0, kept.size()));
    seen[kept.size()] = true;
  }
  CHECK(std::count(seen.begin(), seen.end(), true) == static_cast<int>(kAck.size()) - 2);
}

TEST_CASE("a URC too short for a cut is gone") {
  SerialBench bench;
  bench.inject(TruncateUrc{});
  CHECK(bench.write(kUrc, "\r\n").empty());
}

TEST_CASE("the delayed URC comes so much later, other output passes it") {
  SerialBench bench;
  bench.inject(DelayUrc{3s});
  CHECK(bench.write(kUrc, kAck).empty());
  CHECK(bench.line.poll_timeout() == Instant{3s});
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  CHECK(bench.run_for(2999ms).empty());
  CHECK(bench.run_for(1ms) == kAck);
  CHECK_FALSE(bench.line.poll_timeout());
  CHECK(bench.events() ==
        std::vector<std::string>{"held back the URC \"+QCOAPACK: 0,0,1234,0\" (25 octets)",
                                 "released the held URC \"+QCOAPACK: 0,0,1234,0\" (25 octets)"});
}

TEST_CASE("a push serves a delay that is over first") {
  SerialBench bench;
  bench.inject(DelayUrc{3s});
  bench.push(kUrc, kAck);
  bench.now += 4s;
  CHECK(bench.write(kFinal, kOk) == std::string(kAck) + std::string(kOk));
}

TEST_CASE("later URCs wait behind the delayed one") {
  SerialBench bench;
  bench.inject(DelayUrc{3s});
  bench.push(kUrc, "\r\n+A: 1\r\n");
  bench.now += 1s;
  bench.push(kUrc, "\r\n+A: 2\r\n");
  bench.push(kFinal, kOk);
  CHECK(bench.read() == kOk);
  CHECK(bench.run_for(2s) == "\r\n+A: 1\r\n\r\n+A: 2\r\n");
  CHECK(bench.line.count(SerialEventKind::kUrcHeld) == 1);
  CHECK(bench.write(kUrc, "\r\n+A: 3\r\n") == "\r\n+A: 3\r\n");
}

TEST_CASE("of two delays the shorter one does not make a URC overtake") {
  SerialBench bench;
  bench.inject(DelayUrc{3s});
  bench.inject(DelayUrc{1s});
  bench.inject(DelayUrc{5s});
  bench.push(kUrc, "\r\n+A: 1\r\n");
  bench.push(kUrc, "\r\n+A: 2\r\n");
  bench.push(kUrc, "\r\n+A: 3\r\n");
  CHECK(bench.run_for(2999ms).empty());
  CHECK(bench.run_for(1ms) == "\r\n+A: 1\r\n\r\n+A: 2\r\n");
  CHECK(bench.run_for(1999ms).empty());
  CHECK(bench.run_for(1ms) == "\r\n+A: 3\r\n");
}

TEST_CASE("a URC behind the delayed one can have a fault of its own") {
  SerialBench bench;
  bench.inject(DelayUrc{1s});
  bench.push(kUrc, "\r\n+A: 1\r\n");
  bench.inject(DropUrc{});
  bench.push(kUrc, "\r\n+A: 2\r\n");
  bench.inject(TruncateUrc{4});
  bench.push(kUrc, "\r\n+A: 3\r\n");
  CHECK(bench.run_for(1s) == "\r\n+A: 1\r\n\r\n+A");
}

TEST_CASE("a dropped URC uses up the other faults that wait for it") {
  for (const bool is_drop_first : {true, false}) {
    SerialBench bench;
    if (is_drop_first) bench.inject(DropUrc{});
    bench.inject(DoubleUrc{});
    bench.inject(DelayUrc{3s});
    bench.inject(TruncateUrc{4});
    bench.inject(PlaceUrc{});
    if (!is_drop_first) bench.inject(DropUrc{});
    CHECK(bench.write(kUrc, kAck).empty());
    CHECK(bench.write(kUrc, kAck) == kAck);
    CHECK(bench.run_for(1min).empty());
    CHECK(bench.events() ==
          std::vector<std::string>{"dropped the URC \"+QCOAPACK: 0,0,1234,0\" (25 octets)"});
  }
}

TEST_CASE("one URC has the first fault of each kind, and the next one has the second") {
  SerialBench bench;
  bench.inject(DoubleUrc{});
  bench.inject(TruncateUrc{4});
  bench.inject(DelayUrc{3s});
  bench.inject(TruncateUrc{5});
  bench.push(kUrc, kAck);
  bench.push(kUrc, kAck);
  CHECK(bench.run_for(2999ms).empty());
  CHECK(bench.run_for(1ms) == "\r\n+Q\r\n+Q\r\n+QC");
  CHECK(bench.write(kUrc, kAck) == kAck);
}

TEST_CASE("a place wins over a delay") {
  SerialBench bench;
  bench.inject(DelayUrc{1h});
  bench.inject(PlaceUrc{UrcPlace::kBehindResult});
  bench.inject(DoubleUrc{});
  CHECK(bench.write(kUrc, kAck).empty());
  CHECK(bench.command("AT") == "AT\r" + std::string(kOk) + std::string(kAck) + std::string(kAck));
  CHECK(bench.write(kUrc, kAck) == kAck);
}

TEST_CASE("a delay of nothing holds nothing") {
  SerialBench bench;
  bench.inject(DelayUrc{0s});
  CHECK(bench.write(kUrc, kAck) == kAck);
}

TEST_CASE("clearing gives out what is held and forgets every fault") {
  SerialBench bench;
  bench.inject(DelayUrc{1h});
  bench.push(kUrc, kAck);
  bench.inject(DropUrc{});
  bench.inject(DropResult{});
  bench.inject(Garbage{9});
  bench.inject(Chunks{1, 1s});
  bench.inject(Baud{1});
  bench.inject(DropInput{1});
  bench.inject(GarbleInput{1});
  bench.line.clear();
  CHECK(bench.write(kFinal, kOk) == std::string(kAck) + std::string(kOk));
  CHECK(bench.write(kUrc, kAck) == kAck);
  CHECK(bench.receive("AT\r") == "AT\r");
  CHECK(bench.written.size() == 2);
}
