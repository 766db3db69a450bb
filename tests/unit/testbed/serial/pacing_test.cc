#include <algorithm>

#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

TEST_CASE("an octet is there when its stop bit has passed") {
  SerialBench bench;
  bench.inject(Baud{1000});  // an octet in 10 ms
  CHECK(bench.write(kRaw, "abc").empty());
  CHECK(bench.line.poll_timeout() == Instant{10ms});
  CHECK(bench.run_for(1s) == "abc");
  CHECK(bench.written == std::vector<Written>{{10ms, "a"}, {20ms, "b"}, {30ms, "c"}});
  CHECK_FALSE(bench.line.poll_timeout());
}

TEST_CASE("at 115200 baud 1152 octets take 100 ms") {
  SerialBench bench;
  bench.inject(Baud{115200});
  bench.push(kRaw, std::string(1152, 'x'));
  CHECK(bench.run_for(100ms).size() == 1152);
  REQUIRE(bench.written.size() == 1152);
  CHECK(bench.written.back().at > 99990us);
}

TEST_CASE("an idle line does not save up time") {
  SerialBench bench;
  bench.inject(Baud{1000});
  CHECK(bench.run_for(1s).empty());
  bench.push(kRaw, "ab");
  bench.run_for(1s);
  CHECK(bench.written == std::vector<Written>{{1010ms, "a"}, {1020ms, "b"}});
}

TEST_CASE("a host that comes late finds what has passed meanwhile") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.push(kRaw, "abcdef");
  bench.now += 35ms;
  CHECK(bench.read() == "abc");
  CHECK(bench.line.poll_timeout() == Instant{40ms});
  bench.now += 5ms;
  CHECK(bench.read() == "d");
}

TEST_CASE("a host that does not read sets no deadline once an octet is there") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.push(kRaw, "ab");
  bench.now += 10ms;
  CHECK(as_text(bench.line.poll(bench.now)) == "a");
  CHECK_FALSE(bench.line.poll_timeout());
}

TEST_CASE("without a rate what is left goes at once") {
  SerialBench bench;
  bench.inject(Baud{1});
  CHECK(bench.write(kRaw, "abc").empty());
  bench.inject(Baud{});
  CHECK(bench.read() == "abc");
}

TEST_CASE("a changed rate counts from its own instant") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.push(kRaw, "abc");
  CHECK(bench.run_for(15ms) == "a");
  bench.inject(Baud{10000});
  CHECK(bench.run_for(1s) == "bc");
  CHECK(bench.written == std::vector<Written>{{10ms, "a"}, {16ms, "b"}, {17ms, "c"}});
}

TEST_CASE("pieces of one octet come a pause apart") {
  SerialBench bench;
  bench.inject(Chunks{1, 20ms});
  bench.push(kFinal, "0\r");
  bench.push(kUrc, "!");
  CHECK(bench.read() == "0");
  CHECK(bench.line.poll_timeout() == Instant{20ms});
  CHECK(bench.run_for(1s) == "\r!");
  CHECK(bench.written == std::vector<Written>{{0ms, "0"}, {20ms, "\r"}, {40ms, "!"}});
  CHECK_FALSE(bench.line.poll_timeout());
}

TEST_CASE("the pause lasts though nothing was left to write") {
  SerialBench bench;
  bench.inject(Chunks{1, 20ms});
  CHECK(bench.write(kRaw, "a") == "a");
  bench.now += 5ms;
  CHECK(bench.write(kRaw, "b").empty());
  CHECK(bench.line.poll_timeout() == Instant{20ms});
  CHECK(bench.run_for(15ms) == "b");
}

TEST_CASE("pieces have every size up to the largest and no other, by the seed") {
  const auto sizes = [](std::uint64_t seed) {
    SerialBench bench(seed);
    bench.inject(Chunks{4, 1ms});
    bench.push(kRaw, std::string(1000, 'x'));
    CHECK(bench.run_for(10s).size() == 1000);
    bench.written.pop_back();  // what was left
    std::vector<std::size_t> seen;
    for (const auto& piece : bench.written) seen.push_back(piece.text.size());
    return seen;
  };
  const auto seen = sizes(5);
  for (std::size_t size = 1; size <= 4; ++size) {
    CHECK(std::count(seen.begin(), seen.end(), size) > 50);
  }
  CHECK(*std::max_element(seen.begin(), seen.end()) == 4);
  CHECK(seen == sizes(5));
  CHECK(seen != sizes(6));
}

TEST_CASE("a piece that the host took in two goes has one pause, behind its end") {
  SerialBench bench;
  bench.inject(Chunks{1'000'000, 1s});
  bench.push(kRaw, "abcd");
  const auto piece = bench.line.poll(bench.now).size();
  REQUIRE(piece == 4);
  bench.line.handle_written(3);
  bench.push(kRaw, "efgh");
  CHECK_FALSE(bench.line.poll_timeout());
  bench.now += 10ms;
  CHECK(bench.read() == "d");
  CHECK(bench.line.poll_timeout() == Instant{1010ms});
}

TEST_CASE("pieces without a pause are pieces still") {
  SerialBench bench;
  bench.inject(Chunks{1});
  CHECK(bench.write(kRaw, "abc") == "abc");
  CHECK(bench.written.size() == 3);
}

TEST_CASE("without a largest size output goes as it comes again") {
  SerialBench bench;
  bench.inject(Chunks{1, 1s});
  CHECK(bench.write(kRaw, "abc") == "a");
  bench.inject(Chunks{});
  CHECK(bench.read() == "bc");
}

TEST_CASE("a rate and pieces hold together") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.inject(Chunks{2, 25ms});
  bench.push(kRaw, "abcdefgh");
  CHECK(bench.run_for(10s) == "abcdefgh");
  for (std::size_t i = 0; i < bench.written.size(); ++i) {
    CHECK(bench.written[i].text.size() <= 2);
    if (i > 0) CHECK(bench.written[i].at - bench.written[i - 1].at >= 25ms);
  }
  CHECK(bench.written.front() == Written{10ms, "a"});
}

TEST_CASE("a mode that begins between poll and write changes neither") {
  SerialBench bench;
  bench.push(kRaw, "abcd");
  CHECK(bench.line.poll(bench.now).size() == 4);
  bench.inject(Baud{1000});
  bench.inject(Chunks{1, 1ms});
  bench.line.handle_written(3);
  CHECK(bench.run_for(1s) == "d");
  CHECK(bench.written == std::vector<Written>{{10ms, "d"}});
}

TEST_CASE("a piece that has not gone is cut anew for another size") {
  SerialBench bench;
  bench.inject(Chunks{1'000'000, 1ms});
  bench.push(kRaw, "abcd");
  CHECK(bench.line.poll(bench.now).size() == 4);
  bench.inject(Chunks{1, 1s});
  CHECK(bench.read() == "a");
}

TEST_CASE("a delayed URC waits for its turn on the wire too") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.inject(DelayUrc{15ms});
  bench.push(kUrc, "u");
  bench.push(kRaw, "ab");
  CHECK(bench.run_for(1s) == "abu");
  CHECK(bench.written == std::vector<Written>{{10ms, "a"}, {20ms, "b"}, {30ms, "u"}});
}

TEST_CASE("what a slow line still holds goes with its port, and the next port is as slow") {
  SerialBench bench;
  bench.inject(Baud{1000});
  bench.inject(DelayUrc{1h});
  bench.push(kUrc, "late");
  bench.push(kRaw, "abcd");
  CHECK(bench.run_for(25ms) == "ab");
  bench.line.drop_output();
  CHECK_FALSE(bench.line.poll_timeout());
  CHECK(bench.run_for(2h) == "");
  bench.push(kRaw, "e");
  CHECK(bench.read() == "");
  CHECK(bench.run_for(10ms) == "e");
}
