#include "tests/unit/testbed/serial/bench.h"

#include "firmware/base/check.h"

namespace vmodem::testbed {

SerialBench::SerialBench(std::uint64_t seed) : random(seed), line(random) {
}

void SerialBench::inject(const SerialFault& fault) {
  BG_CHECK(line.inject(now, fault), "a test injects what the line takes");
}

void SerialBench::push(at::SegmentKind kind, std::string_view octets) {
  line.push(now, {kind, as_bytes(octets)});
}

std::string SerialBench::read() {
  std::string output;
  for (auto octets = line.poll(now); !octets.empty(); octets = line.poll(now)) {
    written.push_back({now.time_since_epoch(), std::string(as_text(octets))});
    output += as_text(octets);
    line.handle_written(octets.size());
  }
  return output;
}

std::string SerialBench::write(at::SegmentKind kind, std::string_view octets) {
  push(kind, octets);
  return read();
}

std::string SerialBench::command(std::string_view text) {
  push(kEcho, std::string(text) + "\r");
  push(kFinal, "\r\nOK\r\n");
  return read();
}

std::string SerialBench::run_for(Duration duration) {
  const auto until = now + duration;
  auto output = read();
  for (auto due = line.poll_timeout(); due && *due <= until; due = line.poll_timeout()) {
    BG_CHECK(*due > now, "a deadline that has been served does not come back");
    now = *due;
    output += read();
  }
  now = until;
  return output += read();
}

std::string SerialBench::receive(std::string_view octets) {
  return std::string(as_text(line.receive(now, as_bytes(octets))));
}

std::vector<std::string> SerialBench::events() {
  std::vector<std::string> texts;
  while (const auto event = line.poll_event()) texts.push_back(event->text);
  return texts;
}

}  // namespace vmodem::testbed
