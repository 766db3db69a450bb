#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "firmware/base/random.h"
#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

namespace {

constexpr std::uint64_t kSeeds = 1500;
constexpr auto kStream = RandomStream::kFault;

constexpr std::array<std::string_view, 34> kCommandParts{
    "+INT=",     "+INT?",    "+INT=?",  "+CFG=",
    "\"alpha\"", "\"beta\"", "+TRIO=",  "+TEXT=",
    "+PIN=",     "+WORD=",   "+NOTE=",  "+FAIL",
    "+INFO",     "+GET",     "+POST",   "+LATE",
    "+LIST=",    "+SIZED=3", "+UNTIL",  "+HUGE=",
    "+UPLOAD=2", "+WAIT",    "X1",      "D5",
    "S5?",       "\"",       "\"a;b\"", ",",
    ";",         " ",        "1",       "99999999999999999999",
    "?",         "\b"};

constexpr std::array<std::string_view, 16> kLineParts{"AT", "at",   "A/",   "A",     "\r", "\r\n",
                                                      "\n", "\x1A", "\x1B", "+++",   "E0", "E1",
                                                      "V0", "Q1",   "&F;",  "S3=10;"};

template <class Parts>
std::string_view pick(SeededRandom& random, const Parts& parts) {
  return parts[random.below(kStream, parts.size())];
}

// Octets of a host that is right often enough to get deep into the engine.
std::string random_input(SeededRandom& random) {
  std::string input;
  const auto count = 1 + random.below(kStream, 60);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto kind = random.below(kStream, 8);
    if (kind == 0) input += static_cast<char>(random.below(kStream, 256));
    if (kind == 1) input += "\rAT";
    if (kind >= 2 && kind < 4) input += pick(random, kLineParts);
    if (kind >= 4) input += pick(random, kCommandParts);
  }
  return input;
}

// Everything the host sees when its octets arrive in chunks of at most `chunk_max`.
std::string chunked_output(std::string_view input, std::size_t chunk_max, SeededRandom& random) {
  Host host(Host::Echo::kOn);
  std::string output;
  while (!input.empty()) {
    const auto wanted = 1 + random.below(kStream, chunk_max);
    const auto chunk = input.substr(0, std::min<std::size_t>(wanted, host.engine.serial_room()));
    input.remove_prefix(chunk.size());
    output += host.send(chunk);
    while (host.engine.is_command_pending()) output += host.complete(ok("+WAIT: 1"));
  }
  return output;
}

bool is_final_result(std::string_view line) {
  constexpr std::array<std::string_view, 3> kFinal{"OK", "ERROR", "NO CARRIER"};
  return std::ranges::find(kFinal, line) != kFinal.end() || line.starts_with("+CME ERROR: ");
}

std::size_t count_final_results(std::string_view output) {
  std::size_t count = 0;
  while (!output.empty()) {
    const auto end = std::min(output.find("\r\n"), output.size());
    if (is_final_result(output.substr(0, end))) ++count;
    output.remove_prefix(std::min(end + 2, output.size()));
  }
  return count;
}

std::string random_command_line(SeededRandom& random) {
  std::string line = "AT";
  const auto count = random.below(kStream, 12);
  for (std::uint64_t i = 0; i < count; ++i) {
    line += pick(random, kCommandParts);
    if (random.below(kStream, 2) == 0) line += ';';
  }
  return line;
}

// Runs one line to its end, whatever it waits for on the way.
std::string run_to_end(Host& host, std::string line) {
  auto output = host.send(line += '\r');
  while (host.engine.is_command_pending() || host.engine.is_waiting_for_host()) {
    output += host.engine.is_command_pending() ? host.complete(ok()) : host.send("\x1A");
  }
  return output;
}

}  // namespace

TEST_CASE("any octets, at any time, leave a usable engine") {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SeededRandom random(seed);
    Host host(Host::Echo::kOn);
    for (auto i = random.below(kStream, 20); i > 0; --i) {
      static_cast<void>(host.send(random_input(random)));
      if (random.below(kStream, 2) == 0) static_cast<void>(host.post("+URC: 1", "payload"));
      static_cast<void>(host.wait(random.below(kStream, 4) * 1s));
      while (host.engine.is_command_pending()) static_cast<void>(host.complete(ok()));
    }
    // Out of any data mode, then out of any half-typed line, and back to known settings.
    for (int i = 0; i < 10000 && host.engine.is_waiting_for_host(); ++i) {
      const char end[] = {'\x1A', host.engine.settings().terminator};
      static_cast<void>(host.send({end, 2}));
      while (host.engine.is_command_pending()) static_cast<void>(host.complete(ok()));
    }
    host.engine.settings() = Settings{.echo = false};
    INFO("seed " << seed);
    static_cast<void>(host.wait(10s));
    static_cast<void>(host.send("\r"));
    CHECK(host.send("AT+INT?\r") == "\r\n+INT: 7\r\n\r\nOK\r\n");
  }
}

TEST_CASE("the output does not depend on how the octets were chunked") {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SeededRandom random(seed);
    std::string input;
    for (int i = 0; i < 10; ++i) input += random_input(random);
    const auto whole = chunked_output(input, input.size(), random);
    INFO("seed " << seed << ", input " << input);
    CHECK(chunked_output(input, 1, random) == whole);
    CHECK(chunked_output(input, 7, random) == whole);
  }
}

TEST_CASE("every command line gets exactly one final result") {
  SeededRandom random(1);
  Host host;
  for (std::uint64_t i = 0; i < 20 * kSeeds; ++i) {
    const auto line = random_command_line(random);
    const auto output = run_to_end(host, line);
    INFO("line " << i << ": " << line << "\noutput: " << output);
    REQUIRE(count_final_results(output) == 1);
  }
}

TEST_CASE("every URC that was not counted as dropped is written exactly once, in order") {
  SeededRandom random(2);
  Host host;
  std::string output;
  std::uint64_t posted = 0;
  for (std::uint64_t i = 0; i < 5 * kSeeds; ++i) {
    output += host.send(random_command_line(random).append("\r"));
    output += host.post("+URC: " + std::to_string(posted++));
    output += host.wait(random.below(kStream, 3) * 1s);
    while (host.engine.is_command_pending()) output += host.complete(ok());
    while (host.engine.is_waiting_for_host()) output += host.send("\x1A");
  }
  std::uint64_t seen = 0;
  constexpr std::string_view kUrc = "\r\n+URC: ";
  for (auto at = output.find(kUrc); at != std::string::npos; at = output.find(kUrc, at + 1)) {
    const auto expected = std::to_string(seen++) + "\r\n";
    REQUIRE(output.substr(at + kUrc.size(), expected.size()) == expected);
  }
  CHECK(seen == posted);
  CHECK(host.engine.dropped_urc_count() == 0);
}
