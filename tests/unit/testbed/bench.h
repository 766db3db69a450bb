// A testbed on a bench: command lines in, what the host reads out, virtual time that jumps from
// deadline to deadline. Nobody performs what the testbed asks of the real network; it is written
// down.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/random.h"
#include "firmware/journal/positions.h"
#include "firmware/testbed/testbed.h"
#include "net/sim/description/ready_worlds.h"
#include "ufs/memory_store.h"

namespace vmodem::testbed {

class Bench {
 public:
  // The ready internet behind an ideal link, with the faults of this scenario. ACK_RANDOM_FACTOR
  // is 1.
  [[nodiscard]] static TestbedConfig config(std::string_view scenario = {});

  explicit Bench(std::string_view scenario = {}) : Bench(config(scenario)) {}
  explicit Bench(const TestbedConfig& config);

  // What the host reads after writing `octets`.
  std::string send(std::string_view octets);
  // The same for one command line, without the AT and the CR.
  std::string at(std::string_view command) { return send("AT" + std::string(command) + "\r"); }
  // The same for a command with data, which follows in the same write.
  std::string at(std::string_view command, std::string_view data);
  // What the host reads while time passes up to `then`, deadline by deadline. Fails where an
  // instant has no end.
  std::string run_until(Instant then);
  std::string run_for(Duration duration) { return run_until(now + duration); }
  // What the host reads at once when a person asks for this fault.
  std::string inject(std::string_view deed);
  // News of the real network.
  std::string hear(const firmware::NetworkEvent& event);
  // Polls until nothing is left.
  std::string read();

  // Client 0 with the server of the ETSI plugtests, without echo.
  void connect();
  // A message of client 0 for /test there, with its code and payload.
  std::string message(std::string_view type_and_code);

  // Of the real network; what happened is apart.
  template <class Action>
  [[nodiscard]] std::vector<Action> asked() const {
    std::vector<Action> found;
    for (const auto& action : actions) {
      if (const auto* one = std::get_if<Action>(&action)) found.push_back(*one);
    }
    return found;
  }
  // One of the traces contains this.
  [[nodiscard]] bool has_trace(std::string_view part) const;

  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random{1};
  Testbed testbed;
  Instant now{};
  std::vector<firmware::Action> actions;
  std::vector<std::string> traces;  // what a log would be told
  std::vector<journal::Entry> entries;
  journal::Positions positions;
};

// "\r\n<line>\r\n" of each, as URCs and results come.
template <class... Lines>
[[nodiscard]] std::string framed(const Lines&... lines) {
  std::string text;
  ((text += "\r\n" + std::string(lines) + "\r\n"), ...);
  return text;
}

}  // namespace vmodem::testbed
