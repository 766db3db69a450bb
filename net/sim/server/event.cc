#include "net/sim/server/event.h"

#include <utility>

namespace vmodem::sim {

std::string_view describe(WorldEventKind kind) {
  switch (kind) {
    case WorldEventKind::kUnreachable:
      return "no server there";
    case WorldEventKind::kRequest:
      return "request";
    case WorldEventKind::kDuplicate:
      return "duplicate";
    case WorldEventKind::kUndecodable:
      return "undecodable";
    case WorldEventKind::kRejected:
      return "rejected";
    case WorldEventKind::kAcknowledged:
      return "acknowledged";
    case WorldEventKind::kReset:
      return "reset by the client";
    case WorldEventKind::kGaveUp:
      return "gave up";
    case WorldEventKind::kResponse:
      return "response from the client";
    case WorldEventKind::kObserverAdded:
      return "observer added";
    case WorldEventKind::kObserverRemoved:
      return "observer removed";
    case WorldEventKind::kRestarted:
      return "restarted";
    case WorldEventKind::kSessionOpened:
      return "DTLS session opened";
    case WorldEventKind::kSessionEnded:
      return "DTLS session ended";
    case WorldEventKind::kOverflow:
      return "overflow";
    case WorldEventKind::kSent:
      return "message";
    case WorldEventKind::kNotified:
      return "notification";
    case WorldEventKind::kCount:
      break;
  }
  return "unknown";
}

void WorldEventLog::report(WorldEvent event) {
  ++counts_[static_cast<std::size_t>(event.kind)];
  if (events_.size() >= kSizeMax) return;
  event.mark = mark_;
  events_.push_back(std::move(event));
}

std::optional<WorldEvent> WorldEventLog::poll() {
  if (polled_ == events_.size()) {
    events_.clear();
    polled_ = 0;
    return std::nullopt;
  }
  return events_[polled_++];
}

std::uint64_t WorldEventLog::count(WorldEventKind kind) const {
  return counts_[static_cast<std::size_t>(kind)];
}

}  // namespace vmodem::sim
