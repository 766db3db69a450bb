#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr std::string_view kNews = "\r\n+URC: 1\r\n";
constexpr std::string_view kOk = "\r\nOK\r\n";
constexpr std::string_view kFirst = "\r\nMaker\r\n";
constexpr std::string_view kSecond = "Model\r\n";

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all += part;
  return all;
}

// A line on which a URC waits for its place.
struct Waiting : SerialBench {
  explicit Waiting(UrcPlace place) {
    inject(PlaceUrc{place});
    CHECK(write(kUrc, kNews).empty());
  }
};

}  // namespace

TEST_CASE("a URC stands behind the first line of an answer") {
  Waiting bench(UrcPlace::kInsideAnswer);
  CHECK(bench.write(kEcho, "ATI\r") == "ATI\r");
  bench.push(kInformation, kFirst);
  bench.push(kInformation, kSecond);
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({kFirst, kNews, kSecond, kOk}));
  CHECK_FALSE(bench.line.poll_timeout());
  CHECK(bench.events() == std::vector<std::string>{"held back the URC \"+URC: 1\" (11 octets)",
                                                   "placed the held URC \"+URC: 1\" (11 octets)"});
}

TEST_CASE("an answer of one line has a place too, one without a line has none") {
  Waiting bench(UrcPlace::kInsideAnswer);
  CHECK(bench.command("AT") == "AT\r\r\nOK\r\n");
  bench.push(kInformation, kFirst);
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({kFirst, kNews, kOk}));
}

TEST_CASE("a download is not torn for a place inside its answer") {
  Waiting bench(UrcPlace::kInsideAnswer);
  bench.push(kPrompt, "\r\nCONNECT 4\r\n");
  bench.push(kRaw, "abcd");
  bench.push(kInformation, "\r\n+GET: 4\r\n");
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({"\r\nCONNECT 4\r\nabcd\r\n+GET: 4\r\n", kNews, kOk}));
}

TEST_CASE("a URC stands right behind the result, though the host has typed on") {
  Waiting bench(UrcPlace::kBehindResult);
  bench.push(kEcho, "AT\r");
  bench.push(kFinal, kOk);
  bench.push(kEcho, "AT+CS");
  CHECK(bench.read() == joined({"AT\r", kOk, kNews, "AT+CS"}));
  CHECK(bench.line.count(SerialEventKind::kUrcPlaced) == 1);
}

TEST_CASE("a URC that comes in the instant of a result is at its place") {
  SerialBench bench;
  bench.inject(PlaceUrc{UrcPlace::kBehindResult});
  bench.push(kFinal, kOk);
  bench.push(kUrc, kNews);
  CHECK(bench.read() == joined({kOk, kNews}));
  CHECK(bench.line.count(SerialEventKind::kUrcPlaced) == 1);
}

TEST_CASE("a URC that comes later than a result waits for the next one") {
  SerialBench bench;
  bench.inject(PlaceUrc{UrcPlace::kBehindResult});
  CHECK(bench.write(kFinal, kOk) == kOk);
  bench.now += 1ms;
  CHECK(bench.write(kUrc, kNews).empty());
  CHECK(bench.write(kFinal, kOk) == joined({kOk, kNews}));
}

TEST_CASE("a result with something behind it is no place any more") {
  for (const auto behind : {kEcho, kInformation, kPrompt, kRaw}) {
    SerialBench bench;
    bench.inject(PlaceUrc{UrcPlace::kBehindResult});
    bench.push(kFinal, kOk);
    bench.push(behind, "AT");
    bench.push(kUrc, kNews);
    CHECK(bench.read() == joined({kOk, "AT"}));
    CHECK(bench.write(kFinal, kOk) == joined({kOk, kNews}));
  }
}

TEST_CASE("a URC in the instant of a dropped result waits for one that is written") {
  SerialBench bench;
  bench.inject(PlaceUrc{UrcPlace::kBehindResult});
  bench.push(kFinal, kOk);
  bench.inject(DropResult{});
  bench.push(kFinal, kOk);
  bench.push(kUrc, kNews);
  CHECK(bench.read() == kOk);
  CHECK(bench.write(kFinal, kOk) == joined({kOk, kNews}));
}

TEST_CASE("a dropped result is no place") {
  Waiting bench(UrcPlace::kBehindResult);
  bench.inject(DropResult{});
  CHECK(bench.write(kFinal, kOk).empty());
  CHECK(bench.write(kFinal, kOk) == joined({kOk, kNews}));
}

TEST_CASE("a URC stands behind both copies of a doubled result") {
  Waiting bench(UrcPlace::kBehindResult);
  bench.inject(DoubleResult{});
  CHECK(bench.write(kFinal, kOk) == joined({kOk, kOk, kNews}));
}

TEST_CASE("a place that does not come up in time is done without") {
  for (const auto place : {UrcPlace::kInsideEcho, UrcPlace::kInsideAnswer, UrcPlace::kBehindResult,
                           UrcPlace::kBeforeEcho}) {
    Waiting bench(place);
    CHECK(bench.line.poll_timeout() == Instant{5s});
    CHECK(bench.run_for(4999ms).empty());
    CHECK(bench.run_for(1ms) == kNews);
    CHECK(bench.line.count(SerialEventKind::kUrcPlaced) == 0);
    CHECK(bench.line.count(SerialEventKind::kUrcReleased) == 1);
  }
}

TEST_CASE("how long a URC waits for its place is told") {
  SerialBench bench;
  bench.inject(PlaceUrc{UrcPlace::kBehindResult, 20s});
  CHECK(bench.write(kUrc, kNews).empty());
  CHECK(bench.run_for(20s - 1ns).empty());
  CHECK(bench.run_for(1ns) == kNews);
}

TEST_CASE("later URCs stand behind the placed one") {
  Waiting bench(UrcPlace::kInsideAnswer);
  CHECK(bench.write(kUrc, "\r\n+URC: 2\r\n").empty());
  bench.push(kInformation, kFirst);
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({kFirst, kNews, "\r\n+URC: 2\r\n", kOk}));
}

TEST_CASE("two URCs for one place both stand there") {
  Waiting bench(UrcPlace::kBehindResult);
  bench.inject(PlaceUrc{UrcPlace::kBehindResult});
  CHECK(bench.write(kUrc, "\r\n+URC: 2\r\n").empty());
  CHECK(bench.write(kFinal, kOk) == joined({kOk, kNews, "\r\n+URC: 2\r\n"}));
}

TEST_CASE("of two places the second counts when the first URC is out") {
  Waiting bench(UrcPlace::kBehindResult);
  bench.inject(PlaceUrc{UrcPlace::kInsideAnswer});
  CHECK(bench.write(kUrc, "\r\n+URC: 2\r\n").empty());
  bench.push(kInformation, kFirst);
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({kFirst, kOk, kNews}));
  bench.push(kInformation, kFirst);
  bench.push(kFinal, kOk);
  CHECK(bench.read() == joined({kFirst, "\r\n+URC: 2\r\n", kOk}));
}
