// What one journal tells, in the words and numbers that every form of the report shows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/coverage/coverage.h"
#include "firmware/journal/journal.h"

namespace vmodem::report {

using journal::Number;

// A line of a chain of causes.
struct Cause {
  Number entry;
  Instant at;
  std::string text;
};

// What the host was told did not work.
struct Failure {
  Number entry;
  Instant at;
  std::string what;  // "+QCOAPACK: 0,0,7,-11", or "ERROR" behind its command line
  std::vector<Cause> why{};
  std::size_t causes_left_out = 0;
};

// What the host did wrong or riskily (entries of kind lint.finding).
struct Finding {
  std::string rule;
  std::string text;
  std::string clause;
  std::string cure;
  Number entry;          // that it concerns; 0: none
  bool is_wrong = true;  // against the clause; else a risk
};

// "wrong" or "risky".
[[nodiscard]] std::string_view severity(const Finding& finding);

// A confirmable message of the module's from its first transmission to its end.
struct Transmission {
  Instant at;
  bool is_lost = false;
};
struct Exchange {
  Number entry;
  std::uint64_t client;
  std::uint64_t message_id;
  std::string code;
  std::vector<Transmission> transmissions{};
  std::optional<Instant> answered{};
  std::optional<Instant> ended{};
  std::string outcome{};

  [[nodiscard]] bool is_repeated() const { return transmissions.size() > 1; }
  [[nodiscard]] Instant last() const;
};

enum class Arrow : std::uint8_t { kNone, kRight, kLeft };
// Which two of host, modem, network and server something passes between; kNone: at the modem
// itself.
enum class Hop : std::uint8_t { kSerial, kAir, kInternet, kNone };

struct Step {
  Number entry;
  Number because;
  Instant at;
  Hop hop;
  Arrow arrow;
  bool is_trouble;  // lost, failed, a fault
  bool is_quiet;    // octets that another step tells of
  bool is_command;
  bool is_result;
  std::string text;
  std::size_t left_out_before = 0;  // steps between the one before and this one
};

struct Run {
  std::string name;
  std::size_t entry_count = 0;
  std::size_t missing_count = 0;  // numbers that the file leaves out: its reader was slow
  std::size_t unkept_count = 0;   // the oldest, of which nothing but the counts is told
  unsigned laps = 0;              // how often the module went back to an earlier instant
  bool is_cut = false;            // the last line has no end
  Instant begin{};
  Instant end{};
  std::optional<CalendarTime> wall;  // of the first entry

  std::size_t command_count = 0;
  std::size_t retransmission_count = 0;
  std::size_t loss_count = 0;
  std::size_t fault_count = 0;
  std::map<std::string, std::size_t> results;  // "OK", "+QCOAPACK -11"
  coverage::Coverage coverage;

  std::size_t failure_count = 0;
  std::vector<Failure> failures;  // the last of them
  std::size_t finding_count = 0;
  std::vector<Finding> findings;  // the first of them
  std::size_t exchange_count = 0;
  std::vector<Exchange> exchanges;  // repeated ones before others, in the order of the journal
  std::vector<Step> steps;
  std::size_t steps_left_out = 0;  // behind the last
};

struct Report {
  std::vector<Run> runs;
  coverage::Coverage coverage;  // of all
};

}  // namespace vmodem::report
