// What a link did to a datagram besides delivering it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "net/link/link_config.h"

namespace vmodem::net {

enum class LinkEventKind : std::uint8_t {
  kLost,  // by chance
  kLostByScript,
  kDroppedDown,    // the link was down
  kDroppedLarge,   // over the MTU
  kDroppedFull,    // the queue was full
  kDroppedAsleep,  // downlink to a module in power saving
  kDuplicated,
  kReordered,
  kCorrupted,
  kCount,
};

// The datagram did not and will not arrive.
[[nodiscard]] bool is_drop(LinkEventKind kind);
// "lost", "dropped: over the MTU" and so on.
[[nodiscard]] std::string_view describe(LinkEventKind kind);

struct LinkEvent {
  LinkEventKind kind;
  Direction direction;
  std::uint32_t ordinal;  // of those in this direction that are counted, from 1; 0: not counted
  std::size_t size;
  std::uint64_t mark = 0;  // the datagram's

  friend bool operator==(const LinkEvent&, const LinkEvent&) = default;
};

// Counts everything and keeps the latest for whoever polls. Bounded: without a poller, events over
// the bound are counted only.
class LinkEventLog {
 public:
  static constexpr std::size_t kSizeMax = 128;

  void report(const LinkEvent& event);
  [[nodiscard]] std::optional<LinkEvent> poll();
  [[nodiscard]] std::uint64_t count(LinkEventKind kind) const;

 private:
  std::vector<LinkEvent> events_;
  std::size_t polled_ = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(LinkEventKind::kCount)> counts_{};
};

}  // namespace vmodem::net
