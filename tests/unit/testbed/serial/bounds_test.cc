#include <algorithm>
#include <cstdint>

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr std::size_t kUrcSize = 1100;
const std::string kBigUrc = "\r\n" + std::string(kUrcSize - 4, 'u') + "\r\n";

// Everything the line still holds.
std::size_t drained_size(SerialBench& bench) {
  bench.line.clear();
  return bench.read().size();
}

}  // namespace

TEST_CASE("a host that never reads fills the line to its bound and one segment") {
  SerialBench bench;
  std::size_t pushed = 0;
  for (; bench.line.has_room(); pushed += 100) bench.push(kRaw, std::string(100, 'x'));
  CHECK(pushed >= SerialLine::kSizeMax);
  CHECK(pushed < SerialLine::kSizeMax + 100);

  CHECK(bench.line.poll(bench.now).size() == pushed);
  bench.line.handle_written(pushed - SerialLine::kSizeMax + 1);
  CHECK(bench.line.has_room());
}

TEST_CASE("a line that is never empty keeps its order") {
  SerialBench bench;
  std::string expected;
  std::string seen;
  for (int i = 0; i < 5000; ++i) {
    const auto urc = "\r\n+URC: " + std::to_string(i) + "\r\n";
    expected += urc;
    bench.push(kUrc, urc);
    while (bench.line.poll(bench.now).size() > 1000) {
      seen += as_text(bench.line.poll(bench.now).first(7));
      bench.line.handle_written(7);
    }
  }
  CHECK(seen + bench.read() == expected);
}

TEST_CASE("a segment of any size is taken whole where there is room") {
  SerialBench bench;
  const std::string file(300'000, 'f');
  bench.push(kRaw, "x");
  bench.push(kRaw, file);
  CHECK_FALSE(bench.line.has_room());
  CHECK(bench.read() == "x" + file);
  CHECK(bench.line.has_room());
}

TEST_CASE("pieces and a rate do not widen the bound") {
  SerialBench bench;
  bench.inject(Baud{300});
  bench.inject(Chunks{3, 1s});
  std::size_t pushed = 0;
  for (; bench.line.has_room(); pushed += 100) bench.push(kRaw, std::string(100, 'x'));
  CHECK(pushed < SerialLine::kSizeMax + 100);
  CHECK(bench.run_for(24h).size() == pushed);
}

TEST_CASE("URCs that are held leave the room to other output") {
  SerialBench bench;
  bench.inject(DelayUrc{1h});
  for (std::size_t i = 0; i < HeldUrcs::kSizeMax / kUrcSize; ++i) bench.push(kUrc, kBigUrc);
  CHECK(bench.read().empty());
  CHECK(bench.line.has_room());
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
}

TEST_CASE("held URCs go out early where they become too many, and none is lost") {
  SerialBench bench;
  bench.inject(DelayUrc{1h});
  std::string expected;
  std::string seen;
  for (int i = 0; i < 100; ++i) {
    const auto urc = "\r\n+URC: " + std::to_string(i) + "\r\n";
    expected += urc;
    seen += bench.write(kUrc, urc);
  }
  CHECK(seen == expected);
  CHECK(bench.line.count(SerialEventKind::kUrcReleased) == 1);
}

TEST_CASE("what the line holds is bounded whatever waits and nobody reads") {
  SerialBench bench;
  std::size_t pushed = 0;
  for (int i = 0; i < 100'000; ++i) {
    bench.line.inject(bench.now, DelayUrc{1h});
    bench.line.inject(bench.now, DoubleUrc{});
    if (!bench.line.has_room()) continue;
    bench.push(kUrc, kBigUrc);
    pushed += kBigUrc.size();
  }
  CHECK_FALSE(bench.line.has_room());
  CHECK(pushed < 10 * SerialLine::kSizeMax);
  CHECK(drained_size(bench) < SerialLine::kSizeMax + 2 * (HeldUrcs::kSizeMax + kUrcSize));
}

TEST_CASE("faults over the bound are refused, and those that wait are done") {
  SerialBench bench;
  for (std::size_t i = 0; i < SerialLine::kFaultCountMax; i += 2) {
    CHECK(bench.line.inject(bench.now, DropResult{}));
    CHECK(bench.line.inject(bench.now, DropUrc{}));
  }
  CHECK_FALSE(bench.line.inject(bench.now, DoubleResult{}));
  CHECK_FALSE(bench.line.inject(bench.now, TruncateUrc{}));
  CHECK_FALSE(bench.line.inject(bench.now, DelayUrc{1s}));
  CHECK_FALSE(bench.line.inject(bench.now, PlaceUrc{}));
  CHECK(bench.events() == std::vector<std::string>(4, "left out a fault: too many wait"));
  for (std::size_t i = 0; i < SerialLine::kFaultCountMax / 2; ++i) {
    REQUIRE(bench.write(kFinal, "0\r").empty());
    REQUIRE(bench.write(kUrc, "\r\n+URC: 1\r\n").empty());
  }
  CHECK(bench.write(kFinal, "0\r") == "0\r");
  CHECK(bench.write(kUrc, "\r\n+URC: 1\r\n") == "\r\n+URC: 1\r\n");
  CHECK(bench.line.inject(bench.now, DoubleResult{}));
}

TEST_CASE("values over their bound are refused and change nothing") {
  SerialBench bench;
  const auto inject = [&](const SerialFault& fault) { return bench.line.inject(bench.now, fault); };
  CHECK_FALSE(inject(Garbage{SerialLine::kGarbageSizeMax + 1}));
  CHECK(inject(Garbage{SerialLine::kGarbageSizeMax}));
  CHECK_FALSE(inject(Garbage{1}));
  CHECK(bench.line.count(SerialEventKind::kFaultLeftOut) == 1);
  CHECK(bench.write(kRaw, "x").size() == SerialLine::kGarbageSizeMax + 1);

  CHECK_FALSE(inject(DelayUrc{-1ns}));
  CHECK_FALSE(inject(DelayUrc{SerialLine::kDurationMax + 1ns}));
  CHECK_FALSE(inject(PlaceUrc{UrcPlace::kBehindResult, -1ns}));
  CHECK_FALSE(inject(PlaceUrc{UrcPlace::kBehindResult, Duration::max()}));
  CHECK_FALSE(inject(Chunks{1, -1ns}));
  CHECK_FALSE(inject(Chunks{1, Duration::max()}));
  CHECK(bench.write(kUrc, "\r\n+URC: 1\r\n") == "\r\n+URC: 1\r\n");
}

TEST_CASE("the fastest rate and the largest counts are taken") {
  SerialBench bench;
  bench.inject(Baud{UINT32_MAX});
  bench.inject(Chunks{UINT32_MAX, SerialLine::kDurationMax});
  bench.inject(TruncateUrc{UINT32_MAX});
  for (int i = 0; i < 3; ++i) {
    bench.inject(DropInput{UINT32_MAX});
    bench.inject(GarbleInput{UINT32_MAX});
  }
  bench.push(kUrc, "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n");
  bench.inject(WrongReceiveLength{INT32_MAX});
  bench.inject(WrongReceiveLength{INT32_MIN});
  bench.push(kUrc, "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n");
  bench.push(kUrc, "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi\r\n");
  CHECK(bench.receive("AT\r").empty());
  CHECK(bench.run_for(24h * 200) ==
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2\r\nhi"
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,2147483649\r\nhi\r\n"
        "\r\n+QCOAPRECV: 0,7,2.05,0,,0,0\r\nhi\r\n");
}

TEST_CASE("events over the bound are counted only") {
  SerialBench bench;
  for (std::size_t i = 0; i < SerialEventLog::kSizeMax + 10; ++i) {
    bench.inject(DropUrc{});
    bench.push(kUrc, "\r\n+URC: 1\r\n");
  }
  CHECK(bench.events().size() == SerialEventLog::kSizeMax);
  CHECK(bench.line.count(SerialEventKind::kUrcDropped) == SerialEventLog::kSizeMax + 10);
}

TEST_CASE("an event is one short line, whatever the octets are") {
  SerialBench bench;
  bench.inject(DropUrc{});
  bench.inject(DropUrc{});
  bench.push(kUrc, "\r\n" + std::string(5000, 'u') + "\r\n");
  bench.push(kUrc, "\r\n\x01\x80\r\n");
  CHECK(bench.events() == std::vector<std::string>{
                              "dropped the URC \"" + std::string(60, 'u') + "...\" (5004 octets)",
                              "dropped the URC \"\" (6 octets)"});
}

TEST_CASE("every kind of event has words of its own") {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < static_cast<std::size_t>(SerialEventKind::kCount); ++i) {
    words.push_back(describe(static_cast<SerialEventKind>(i)));
    CHECK(words.back() != "unknown");
    CHECK(std::count(words.begin(), words.end(), words.back()) == 1);
  }
}
