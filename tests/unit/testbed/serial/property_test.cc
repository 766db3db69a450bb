#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr auto kStream = RandomStream::kPeer;
constexpr std::uint64_t kSeeds = 300;

struct Segment {
  at::SegmentKind kind;
  std::string octets;
};

std::size_t below(RandomSource& random, std::size_t bound) {
  return static_cast<std::size_t>(random.below(kStream, bound));
}

// What a module might say: any kinds in any order, any octets inside.
std::vector<Segment> random_output(RandomSource& random) {
  constexpr std::array kKinds{kEcho, kPrompt, kRaw, kInformation, kFinal, kUrc};
  std::vector<Segment> output(20 + below(random, 60));
  for (auto& [kind, octets] : output) {
    kind = kKinds[below(random, kKinds.size())];
    octets.resize(1 + below(random, 40));
    for (auto& octet : octets) {
      octet = static_cast<char>(below(random, 3) == 0 ? '\r' : below(random, 256));
    }
  }
  return output;
}

std::string joined(const std::vector<Segment>& output) {
  std::string all;
  for (const auto& segment : output) all += segment.octets;
  return all;
}

// A driver that writes as much as the host takes at a time, by chance also nothing.
class Driver {
 public:
  explicit Driver(std::uint64_t seed) : bench(seed), random(seed) {}

  void write_some() {
    const auto octets = bench.line.poll(bench.now);
    const auto taken = octets.first(below(random, octets.size() + 1));
    seen += as_text(taken);
    bench.line.handle_written(taken.size());
  }
  void pass(const std::vector<Segment>& output) {
    for (const auto& segment : output) {
      bench.push(segment.kind, segment.octets);
      bench.now += below(random, 4) * 3ms;
      for (auto i = below(random, 3); i > 0; --i) write_some();
    }
    seen += bench.run_for(10h);
  }

  SerialBench bench;
  SeededRandom random;
  std::string seen;
};

}  // namespace

TEST_CASE("rate and pieces change when octets come, never which") {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Driver driver(seed);
    const auto output = random_output(driver.random);
    const auto half = output.begin() + static_cast<std::ptrdiff_t>(output.size() / 2);
    const auto mode = [&] {
      if (below(driver.random, 2) == 0)
        driver.bench.inject(Baud{1 + 30 * static_cast<std::uint32_t>(below(driver.random, 2000))});
      if (below(driver.random, 2) == 0)
        driver.bench.inject(Chunks{static_cast<std::uint32_t>(below(driver.random, 20)),
                                   below(driver.random, 30) * 1ms});
    };
    mode();
    driver.pass({output.begin(), half});
    driver.write_some();
    mode();
    driver.pass({half, output.end()});
    REQUIRE(driver.seen == joined(output));
    REQUIRE_FALSE(driver.bench.line.poll_timeout());
  }
}

TEST_CASE("a fault of one result or one URC leaves every other octet alone") {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Driver driver(seed);
    auto output = random_output(driver.random);
    output.push_back({kFinal, "\r\nOK\r\n"});
    output.push_back({kUrc, "\r\n+URC: 1\r\n"});
    const auto first = [&](at::SegmentKind kind) -> std::string& {
      return std::ranges::find(output, kind, &Segment::kind)->octets;
    };
    const auto untouched = output;
    auto& result = first(kFinal);
    auto& urc = first(kUrc);
    const bool is_doubled = below(driver.random, 2) == 0;
    driver.bench.inject(is_doubled ? SerialFault(DoubleResult{}) : SerialFault(DropResult{}));
    result = is_doubled ? result + result : "";
    switch (below(driver.random, 3)) {
      case 0:
        driver.bench.inject(DropUrc{});
        urc.clear();
        break;
      case 1:
        driver.bench.inject(DoubleUrc{});
        urc += urc;
        break;
      case 2:
        driver.bench.inject(TruncateUrc{3});
        urc.resize(std::min<std::size_t>(3, urc.size() - std::min<std::size_t>(2, urc.size())));
        break;
    }
    driver.pass(untouched);
    REQUIRE(driver.seen == joined(output));
  }
}

TEST_CASE("a held URC is written once, whole, and nothing else moves") {
  constexpr std::string_view kNews = "<a URC that nothing else looks like>";
  constexpr std::array kPlaces{UrcPlace::kInsideEcho, UrcPlace::kInsideAnswer,
                               UrcPlace::kBehindResult, UrcPlace::kBeforeEcho};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Driver driver(seed);
    auto output = random_output(driver.random);
    std::erase_if(output, [](const Segment& segment) { return segment.kind == kUrc; });
    if (below(driver.random, 5) == 0) {
      driver.bench.inject(DelayUrc{below(driver.random, 500) * 1ms});
    } else {
      driver.bench.inject(PlaceUrc{kPlaces[below(driver.random, kPlaces.size())]});
    }
    if (below(driver.random, 2) == 0) driver.bench.inject(Chunks{7, 2ms});
    driver.bench.push(kUrc, kNews);
    driver.pass(output);

    const auto at = driver.seen.find(kNews);
    REQUIRE(at != std::string::npos);
    driver.seen.erase(at, kNews.size());
    REQUIRE(driver.seen == joined(output));
    REQUIRE_FALSE(driver.bench.line.poll_timeout());
  }
}

TEST_CASE("URCs keep their order whatever becomes of them") {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Driver driver(seed);
    std::vector<Segment> output;
    for (int i = 0; i < 60; ++i) {
      const bool is_urc = below(driver.random, 2) == 0;
      output.push_back(
          {is_urc ? kUrc : kFinal, is_urc ? "<" + std::to_string(100 + i) + ">" : "0\r"});
    }
    for (int i = 0; i < 10; ++i) {
      driver.bench.inject(DelayUrc{below(driver.random, 100) * 1ms});
      driver.bench.inject(PlaceUrc{UrcPlace::kBehindResult});
      driver.bench.inject(PlaceUrc{UrcPlace::kBeforeEcho, 50ms});
    }
    driver.pass(output);

    std::vector<std::string> numbers;
    for (std::size_t at = 0; (at = driver.seen.find('<', at)) != std::string::npos; at += 5) {
      numbers.push_back(driver.seen.substr(at, 5));
    }
    REQUIRE(std::ranges::is_sorted(numbers));
    REQUIRE(static_cast<std::ptrdiff_t>(numbers.size()) ==
            std::ranges::count(output, kUrc, &Segment::kind));
  }
}
