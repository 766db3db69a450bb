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
#include "tools/conform/language/source.h"
#include "tools/conform/language/text_pattern.h"

namespace vmodem::conform {

struct Setting {
  std::string key;
  std::string value;
  std::size_t line;
};

struct SendSerial {
  TextPattern octets;
};
struct ExpectSerial {
  TextPattern octets;
};
// A whole line, of which the pattern says the text. Where it starts one, CR LF stand before it.
struct ExpectLine {
  TextPattern text;
  bool starts_answer;
};
struct ExpectDatagram {
  std::size_t peer;
  DatagramPattern pattern;
};
struct SendDatagram {
  std::size_t peer;  // has been heard before: the datagram goes back to where that one came from
  DatagramPattern pattern;
};
struct SendAgain {
  std::size_t peer;  // has sent before
};
struct Wait {
  Duration duration;
};
struct At {
  Duration since_mark;
};
struct Mark {};
struct Silence {
  Duration duration;
};
struct Absent {
  Duration duration;
  std::string start;  // of a line
};

struct Step;
struct Unordered {
  std::vector<Step> steps;  // expectations
};

struct Step {
  std::size_t line = 0;   // 1…
  std::string file{};     // an included one; empty: the case's own
  std::string text{};     // as it is played
  std::size_t check = 0;  // of Script::checks
  std::variant<SendSerial, ExpectSerial, ExpectLine, ExpectDatagram, Unordered, SendDatagram,
               SendAgain, Wait, At, Mark, Silence, Absent>
      action = Mark{};

  [[nodiscard]] bool is_expectation() const {
    return std::holds_alternative<ExpectSerial>(action) ||
           std::holds_alternative<ExpectLine>(action) ||
           std::holds_alternative<ExpectDatagram>(action) ||
           std::holds_alternative<Unordered>(action);
  }
};

// What stands between blank lines, or is a row of a table: passes or fails as one.
struct Check {
  std::size_t line;
  std::string title;               // its comment, a row's values, or its first step
  std::vector<std::string> shows;  // statements, by their numbers
};

// How sure one is of what a case says.
enum class Certainty : std::uint8_t {
  kDocumented,  // in its clause
  kCaptured,    // from a module, in a capture
  kRuled,       // where the documents are silent, by a switch
};
struct Ground {
  Certainty certainty = Certainty::kDocumented;
  std::string by{};  // the capture, or the key of the switch
};

// What a device that runs already has to have.
enum class Need : std::uint8_t { kCard, kNetwork };

struct Script {
  static constexpr std::uint64_t kSeedDefault = 1;

  std::vector<std::string> lines;  // as they stand in the file
  bool is_plain = true;            // no includes and no tables
  std::vector<Setting> settings;
  std::optional<std::uint64_t> seed;
  std::vector<Peer> peers;
  // The simulated one; without it hosts that are no peers are unreachable.
  bool has_internet = false;
  std::vector<testbed::Fault> faults;
  std::optional<std::string> virtual_only;  // why it cannot run in real time
  std::vector<std::string> clauses;
  Ground ground;
  std::vector<std::string> tags;
  std::vector<Need> needs;
  std::vector<std::string> shows;  // what the case as a whole shows
  std::vector<Check> checks;
  std::vector<Step> steps;
  // The steps from here on are performed whatever became of those before them.
  std::optional<std::size_t> clean_up;
};

// The host of a case with `internet` whose servers can stand on a machine too.
inline constexpr std::string_view kSimulatedHost = "coap.sim";

struct ReadOptions {
  // Stands in the commands and their answers in place of the peers' hosts and of kSimulatedHost;
  // empty: nothing does.
  std::string server_address{};
};

[[nodiscard]] Expected<Script, ScriptError> parse_script(std::string_view text,
                                                         const ReadOptions& options = {});
// Includes are looked for beside the file that names them.
[[nodiscard]] Expected<Script, ScriptError> read_script(const std::string& path,
                                                        const ReadOptions& options = {});

// Each word that begins a line, but for '#' and '|'.
[[nodiscard]] std::vector<std::string_view> line_words();

[[nodiscard]] std::string_view name_of(Certainty certainty);
[[nodiscard]] std::string_view name_of(Need need);

}  // namespace vmodem::conform
