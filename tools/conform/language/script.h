// A case: what a host and a server say to the modem and hear from it, line by line, in the language
// of docs/cases.md.
//
// In:  the text of a file.
// Out: its steps and what it wants around the modem, or the line that is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "firmware/testbed/scenario.h"
#include "tools/conform/language/datagram_pattern.h"
#include "tools/conform/language/peer.h"
#include "tools/conform/language/text_pattern.h"

namespace vmodem::conform {

struct Setting {
  std::string key;
  std::string value;
  std::size_t line;
};

struct SendSerial {
  std::string octets;
};
struct ExpectSerial {
  TextPattern octets;
};
struct ExpectDatagram {
  std::size_t peer;
  DatagramPattern pattern;
};
struct SendDatagram {
  std::size_t peer;  // has been heard before: the datagram goes back to where that one came from
  DatagramPattern pattern;
};
struct Wait {
  Duration duration;
};
struct At {
  Duration since_mark;
};
struct Mark {};

struct Step {
  std::size_t line;  // 1…
  std::variant<SendSerial, ExpectSerial, ExpectDatagram, SendDatagram, Wait, At, Mark> action;

  [[nodiscard]] bool is_expectation() const {
    return std::holds_alternative<ExpectSerial>(action) ||
           std::holds_alternative<ExpectDatagram>(action);
  }
};

struct Script {
  static constexpr std::uint64_t kSeedDefault = 1;

  std::vector<std::string> lines;  // as they stand in the file
  std::vector<Setting> settings;
  std::optional<std::uint64_t> seed;
  std::vector<Peer> peers;
  // The simulated one; without it hosts that are no peers are unreachable.
  bool has_internet = false;
  std::vector<testbed::Fault> faults;
  std::optional<std::string> virtual_only;  // why it cannot run in real time
  std::vector<Step> steps;

  [[nodiscard]] const std::string& text(const Step& step) const { return lines[step.line - 1]; }
};

struct ScriptError {
  std::size_t line;  // 0: the file as a whole
  Fault fault;
};

[[nodiscard]] Expected<Script, ScriptError> parse_script(std::string_view text);
[[nodiscard]] Expected<Script, ScriptError> read_script(const std::string& path);

}  // namespace vmodem::conform
