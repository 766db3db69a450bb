// When a fault happens: at an instant, or upon what the module says and hears.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::testbed {

enum class OccurrenceKind : std::uint8_t {
  kCommand,   // a command line is about to run; its text from "AT" on
  kUrc,       // an unsolicited result code goes to the host; its text
  kUplink,    // the modem sends a datagram; no text
  kDownlink,  // a datagram has arrived for the modem; no text
};
inline constexpr std::size_t kOccurrenceKindCount = 4;

// "command", "urc", "uplink", "downlink".
[[nodiscard]] std::string_view name(OccurrenceKind kind);

struct Occurrence {
  OccurrenceKind kind;
  std::string_view text{};
  // How many faults of Scenario's chain had happened when it was brought about: its causes.
  std::size_t cause_count = 0;
  std::uint64_t entry = 0;  // in the journal
};

// An instant of the module's time line.
struct AtInstant {
  Instant at{};
};

// The occurrences that count begin with `prefix`; commands in letters of either case.
struct Upon {
  OccurrenceKind kind = OccurrenceKind::kCommand;
  std::string prefix;         // empty: any
  std::uint32_t ordinal = 1;  // among them, from 1; 0: each
  Duration delay{};           // from the occurrence to the fault
};

using Trigger = std::variant<AtInstant, Upon>;

// "12s", "command#3", "urc#2", "uplink#5", "downlink#1", "AT+QCOAPSEND", "AT+QCOAPSEND#2",
// "+QCOAPRECV#*", "RDY"; behind an event, counted or not, may stand "+5s".
[[nodiscard]] Expected<Trigger, net::SyntaxError> parse_trigger(std::string_view text);
[[nodiscard]] bool concerns(const Upon& upon, const Occurrence& occurrence);

}  // namespace vmodem::testbed
