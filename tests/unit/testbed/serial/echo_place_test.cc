#include <set>

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr std::string_view kNews = "\r\n+URC: 1\r\n";

struct Waiting : SerialBench {
  explicit Waiting(UrcPlace place, std::uint64_t seed = 1) : SerialBench(seed) {
    inject(PlaceUrc{place});
    push(kUrc, kNews);
  }
};

// How many octets of the echo the host has seen when the URC comes.
std::size_t octets_before_urc(std::string_view echo, std::uint64_t seed) {
  Waiting bench(UrcPlace::kInsideEcho, seed);
  const auto output = bench.write(kEcho, echo);
  const auto at = output.find(kNews);
  REQUIRE(at != std::string::npos);
  CHECK(output.substr(0, at) + output.substr(at + kNews.size()) == echo);
  return at;
}

}  // namespace

TEST_CASE("a URC inside an echo stands anywhere but at its ends") {
  std::set<std::size_t> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    seen.insert(octets_before_urc("AT+X\r", seed));
  }
  CHECK(seen == std::set<std::size_t>{1, 2, 3, 4});
}

TEST_CASE("the same seed puts a URC behind the same octet of the echo") {
  CHECK(octets_before_urc("AT+QCOAPCFG=\"trans\",0\r", 3) ==
        octets_before_urc("AT+QCOAPCFG=\"trans\",0\r", 3));
}

TEST_CASE("in an echo that comes octet by octet a URC stands behind the first") {
  Waiting bench(UrcPlace::kInsideEcho);
  CHECK(bench.write(kEcho, "A") == "A");
  CHECK(bench.write(kEcho, "T") == "\r\n+URC: 1\r\nT");
  CHECK(bench.write(kEcho, "\r") == "\r");
}

TEST_CASE("the last octet of an echo still has the inside in front of it") {
  SerialBench bench;
  CHECK(bench.write(kEcho, "AT") == "AT");
  bench.inject(PlaceUrc{UrcPlace::kInsideEcho});
  CHECK(bench.write(kUrc, kNews).empty());
  CHECK(bench.write(kEcho, "\r") == "\r\n+URC: 1\r\n\r");
}

TEST_CASE("a blank line has no inside and is no command") {
  Waiting inside(UrcPlace::kInsideEcho);
  CHECK(inside.write(kEcho, "\r") == "\r");
  CHECK(inside.write(kEcho, "A\r") == "A\r\n+URC: 1\r\n\r");

  Waiting before(UrcPlace::kBeforeEcho);
  CHECK(before.write(kEcho, "\r") == "\r");
  CHECK(before.write(kEcho, "A\r") == "\r\n+URC: 1\r\nA\r");
}

TEST_CASE("a URC before the echo stands in front of its first octet") {
  Waiting bench(UrcPlace::kBeforeEcho);
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == "\r\nOK\r\n");
  CHECK(bench.write(kEcho, "A") == "\r\n+URC: 1\r\nA");
  CHECK(bench.write(kEcho, "T\r") == "T\r");
  CHECK(bench.line.count(SerialEventKind::kUrcPlaced) == 1);
}

TEST_CASE("URCs that waited behind the placed one are in the echo with it") {
  Waiting bench(UrcPlace::kInsideEcho);
  bench.push(kUrc, "\r\n+URC: 2\r\n");
  CHECK(bench.write(kEcho, "A\r") == "A\r\n+URC: 1\r\n\r\n+URC: 2\r\n\r");
}

TEST_CASE("an echo that has begun is not the next one") {
  SerialBench bench;
  CHECK(bench.write(kEcho, "AT") == "AT");
  bench.inject(PlaceUrc{UrcPlace::kBeforeEcho});
  CHECK(bench.write(kUrc, kNews).empty());
  CHECK(bench.write(kEcho, "+X\r") == "+X\r");
  CHECK(bench.write(kFinal, "\r\nOK\r\n") == "\r\nOK\r\n");
  CHECK(bench.write(kEcho, "AT\r") == "\r\n+URC: 1\r\nAT\r");
}

TEST_CASE("an echo of several lines has a beginning at each") {
  SerialBench bench;
  CHECK(bench.write(kEcho, "AT") == "AT");
  bench.inject(PlaceUrc{UrcPlace::kBeforeEcho});
  bench.push(kUrc, kNews);
  CHECK(bench.write(kEcho, "Q1\rAT+X\r") == "Q1\r\r\n+URC: 1\r\nAT+X\r");
}

TEST_CASE("a URC that the module writes into a half-typed line does not end its echo") {
  Waiting bench(UrcPlace::kBeforeEcho);
  CHECK(bench.run_for(5s) == kNews);
  CHECK(bench.write(kEcho, "AT") == "AT");
  CHECK(bench.write(kUrc, "\r\n+URC: 2\r\n") == "\r\n+URC: 2\r\n");
  bench.inject(PlaceUrc{UrcPlace::kBeforeEcho});
  bench.push(kUrc, kNews);
  CHECK(bench.write(kEcho, "\r") == "\r");
}

TEST_CASE("an echo ends where anything but a URC follows") {
  SerialBench bench;
  // S3 is not CR here.
  CHECK(bench.write(kEcho, "AT!") == "AT!");
  CHECK(bench.write(kFinal, "!#OK!#") == "!#OK!#");
  bench.inject(PlaceUrc{UrcPlace::kBeforeEcho});
  bench.push(kUrc, kNews);
  CHECK(bench.write(kEcho, "AT!") == "\r\n+URC: 1\r\nAT!");
}
