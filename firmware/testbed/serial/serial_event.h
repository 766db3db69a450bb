// What the serial line did to the octets besides carrying them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/queue.h"

namespace vmodem::testbed {

enum class SerialEventKind : std::uint8_t {
  kGarbageWritten,
  kResultDropped,
  kResultDoubled,
  kUrcDropped,
  kUrcDoubled,
  kUrcTruncated,
  kReceiveLengthChanged,
  kUrcHeld,
  kUrcPlaced,    // a held one, at its place
  kUrcReleased,  // a held one, because its time was over, the line full or the faults cleared
  kInputDropped,
  kInputGarbled,
  kFaultLeftOut,
  kCount,
};

// "dropped the URC" and so on.
[[nodiscard]] std::string_view describe(SerialEventKind kind);

struct SerialEvent {
  SerialEventKind kind;
  std::string text;  // one line, as: dropped the result "OK" (6 octets)
};

// Counts everything and keeps the latest for whoever polls. Bounded: without a poller, events over
// the bound are counted only.
class SerialEventLog {
 public:
  static constexpr std::size_t kSizeMax = 128;

  void report(SerialEventKind kind, std::string text);
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::optional<SerialEvent> poll() { return events_.take_front(); }
  [[nodiscard]] std::uint64_t count(SerialEventKind kind) const;

 private:
  Queue<SerialEvent> events_;
  std::array<std::uint64_t, static_cast<std::size_t>(SerialEventKind::kCount)> counts_{};
};

}  // namespace vmodem::testbed
