#include "net/link/link_event.h"

namespace vmodem::net {

bool is_drop(LinkEventKind kind) {
  return kind <= LinkEventKind::kDroppedAsleep;
}

std::string_view describe(LinkEventKind kind) {
  switch (kind) {
    case LinkEventKind::kLost:
      return "lost";
    case LinkEventKind::kLostByScript:
      return "lost by script";
    case LinkEventKind::kDroppedDown:
      return "dropped: link down";
    case LinkEventKind::kDroppedLarge:
      return "dropped: over the MTU";
    case LinkEventKind::kDroppedFull:
      return "dropped: queue full";
    case LinkEventKind::kDroppedAsleep:
      return "dropped: power saving";
    case LinkEventKind::kDuplicated:
      return "duplicated";
    case LinkEventKind::kReordered:
      return "reordered";
    case LinkEventKind::kCorrupted:
      return "corrupted";
    case LinkEventKind::kCount:
      break;
  }
  return "unknown";
}

void LinkEventLog::report(const LinkEvent& event) {
  ++counts_[static_cast<std::size_t>(event.kind)];
  if (events_.size() < kSizeMax) events_.push_back(event);
}

std::optional<LinkEvent> LinkEventLog::poll() {
  if (polled_ == events_.size()) {
    events_.clear();
    polled_ = 0;
    return std::nullopt;
  }
  return events_[polled_++];
}

std::uint64_t LinkEventLog::count(LinkEventKind kind) const {
  return counts_[static_cast<std::size_t>(kind)];
}

}  // namespace vmodem::net
