// A serial line on its own clock: the module's segments in, what the host reads out, time by hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/testbed/serial/serial_line.h"

namespace vmodem::testbed {

inline constexpr auto kEcho = at::SegmentKind::kEcho;
inline constexpr auto kPrompt = at::SegmentKind::kPrompt;
inline constexpr auto kRaw = at::SegmentKind::kRaw;
inline constexpr auto kInformation = at::SegmentKind::kInformation;
inline constexpr auto kFinal = at::SegmentKind::kFinalResult;
inline constexpr auto kUrc = at::SegmentKind::kUrc;

// One write to the host: when, and what.
struct Written {
  Duration at;
  std::string text;

  friend bool operator==(const Written&, const Written&) = default;
};

class SerialBench {
 public:
  explicit SerialBench(std::uint64_t seed = 1);

  // The fault is taken.
  void inject(const SerialFault& fault);
  void push(at::SegmentKind kind, std::string_view octets);
  // What the host reads now.
  std::string read();
  // Pushes and reads.
  std::string write(at::SegmentKind kind, std::string_view octets);
  // The echo of `line` and its CR, and OK: what the host reads of it.
  std::string command(std::string_view line);
  // What the host reads while time passes, at each deadline on the way; `written` has it write by
  // write.
  std::string run_for(Duration duration);
  // What of the host's octets reaches the module.
  std::string receive(std::string_view octets);
  // What the log says, a line each.
  std::vector<std::string> events();

  SeededRandom random;
  SerialLine line;
  Instant now{};
  std::vector<Written> written;
};

}  // namespace vmodem::testbed
