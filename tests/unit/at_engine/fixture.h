// A small module to try the engine on: its command table, its state, and the host at the other end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "at_engine/engine.h"
#include "firmware/base/check.h"

namespace vmodem::at {

// What the handlers of the fixture table work on.
struct Services {
  Engine* engine = nullptr;
  std::optional<Urc> urc_of_post;  // what AT+POST posts instead of "+POSTED: 1"
  std::string data;                // what the last data mode took
  std::optional<DataEnd> data_end;
  bool is_overflown = false;
  int data_count = 0;  // data modes that have ended
};

// The commands are listed in fixture.cc.
[[nodiscard]] const CommandTable& fixture_table();

// One engine and the host on its line. Every call gives back the octets that the host sees.
class Host {
 public:
  enum class Echo : std::uint8_t { kOff, kOn };

  explicit Host(Echo echo = Echo::kOff, const EngineOptions& options = {})
      : engine(fixture_table(), services, options) {
    services.engine = &engine;
    engine.settings().echo = echo == Echo::kOn;
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  std::string send(std::string_view octets) {
    std::string output;
    while (!octets.empty()) {
      const auto taken = octets.substr(0, engine.serial_room());
      BG_CHECK(!taken.empty(), "no test sends more than the room while a command is pending");
      octets.remove_prefix(taken.size());
      queue(taken);
      output += work();
    }
    return output;
  }
  // Received, but not worked on yet.
  void queue(std::string_view octets) { engine.receive(as_bytes(octets)); }
  // Works off what was received. The host reads along, so no answer meets the bound of unread
  // output.
  std::string work() {
    std::string output;
    while (engine.step(now)) output += read();
    return output += read();
  }

  // Lets time pass, with a wake-up at each deadline on the way.
  std::string wait(Duration duration) {
    const auto until = now + duration;
    std::string output;
    for (auto due = engine.poll_timeout(); due && *due <= until; due = engine.poll_timeout()) {
      BG_CHECK(*due >= now, "a deadline that has been served does not come back");
      now = *due;
      engine.handle_timeout(now);
      output += work();
    }
    now = until;
    return output;
  }

  std::string post(std::string text, std::string_view payload = {}) {
    engine.post(now, {std::move(text), to_bytes(payload)});
    return read();
  }
  std::string complete(const Response& response) {
    engine.complete(now, response);
    return work();
  }
  std::string read() {
    std::string output(as_text(engine.poll_serial()));
    engine.handle_serial_written(output.size());
    return output;
  }

  Services services;
  Engine engine;
  Instant now{1h};
};

}  // namespace vmodem::at
