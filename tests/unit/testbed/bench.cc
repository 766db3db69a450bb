#include "tests/unit/testbed/bench.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace vmodem::testbed {
namespace {

// More deadlines in a row than any test needs.
constexpr int kDeadlinesMax = 200000;
// More in one instant than a bounded fault loop may take.
constexpr int kPollsMax = 100000;

}  // namespace

TestbedConfig Bench::config(std::string_view scenario) {
  auto parsed = parse_scenario(scenario);
  for (const auto& error : parsed.errors) FAIL(error.line << ": " << error.what.wrong);
  TestbedConfig config{.internet = sim::ready_world(), .faults = std::move(parsed.faults)};
  config.modem.dialect.ack_random_factor = 1.0;
  config.journal = journal::Journal::everything();
  return config;
}

Bench::Bench(const TestbedConfig& config) : testbed(config, files, settings, random) {
  CHECK(read() == "");
  CHECK(at("E0") == "ATE0\r\r\nOK\r\n");
}

std::string Bench::send(std::string_view octets) {
  testbed.handle_serial(now, as_bytes(octets));
  return read();
}

std::string Bench::at(std::string_view command, std::string_view data) {
  return send("AT" + std::string(command) + "\r" + std::string(data));
}

std::string Bench::run_until(Instant then) {
  std::string output;
  int count = 0;
  for (auto next = testbed.poll_timeout(); next && *next <= then; next = testbed.poll_timeout()) {
    REQUIRE(++count < kDeadlinesMax);
    now = std::max(now, *next);
    testbed.handle_timeout(now);
    output += read();
  }
  now = then;
  return output;
}

std::string Bench::inject(std::string_view text) {
  auto deed = parse_deed(text);
  if (!deed) FAIL(deed.error().wrong);
  testbed.inject(now, std::move(*deed), std::string(text));
  return read();
}

std::string Bench::hear(const firmware::NetworkEvent& event) {
  testbed.handle_network(now, event);
  return read();
}

std::string Bench::read() {
  std::string output;
  int count = 0;
  while (true) {
    REQUIRE(++count < kPollsMax);
    auto action = testbed.poll_action();
    if (action) actions.push_back(std::move(*action));
    while (auto entry = testbed.journal().poll_entry()) {
      if (auto position = positions.count(*entry); !position.empty()) traces.push_back(position);
      if (level(entry->event) != journal::Level::kNone) traces.push_back(phrase(entry->event));
      entries.push_back(std::move(*entry));
    }
    const auto octets = testbed.poll_serial();
    if (!action && octets.empty()) return output;
    output += as_text(octets);
    testbed.handle_serial_written(octets.size());
  }
}

void Bench::connect() {
  CHECK(at("+QCOAPOPEN=0,\"198.51.100.7\",5683") == framed("OK", "+QCOAPOPEN: 0,0"));
  CHECK(at("+QCOAPHEADER=0,100,0") == framed("OK"));
  CHECK(at("+QCOAPOPTION=0,0,0,11,\"test\"") == framed("OK"));
}

std::string Bench::message(std::string_view type_and_code) {
  return at("+QCOAPSEND=0," + std::string(type_and_code) + ",1,0");
}

bool Bench::has_trace(std::string_view part) const {
  return std::ranges::any_of(
      traces, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace vmodem::testbed
