#include "firmware/testbed/serial/serial_event.h"

#include <utility>

namespace vmodem::testbed {

std::string_view describe(SerialEventKind kind) {
  switch (kind) {
    case SerialEventKind::kGarbageWritten:
      return "wrote garbage";
    case SerialEventKind::kResultDropped:
      return "dropped the result";
    case SerialEventKind::kResultDoubled:
      return "doubled the result";
    case SerialEventKind::kUrcDropped:
      return "dropped the URC";
    case SerialEventKind::kUrcDoubled:
      return "doubled the URC";
    case SerialEventKind::kUrcTruncated:
      return "truncated the URC";
    case SerialEventKind::kReceiveLengthChanged:
      return "changed the length in";
    case SerialEventKind::kUrcHeld:
      return "held back the URC";
    case SerialEventKind::kUrcPlaced:
      return "placed the held URC";
    case SerialEventKind::kUrcReleased:
      return "released the held URC";
    case SerialEventKind::kInputDropped:
      return "dropped the input";
    case SerialEventKind::kInputGarbled:
      return "garbled the input";
    case SerialEventKind::kFaultLeftOut:
      return "left out a fault";
    case SerialEventKind::kCount:
      break;
  }
  return "unknown";
}

void SerialEventLog::report(SerialEventKind kind, std::string text) {
  ++counts_[static_cast<std::size_t>(kind)];
  if (events_.size() < kSizeMax) events_.push_back({kind, std::move(text)});
}

std::uint64_t SerialEventLog::count(SerialEventKind kind) const {
  return counts_[static_cast<std::size_t>(kind)];
}

}  // namespace vmodem::testbed
