// What a link does to datagrams, as data: chances, a script, or both. A scripted datagram is not
// left to chance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "firmware/base/time.h"

namespace vmodem::net {

enum class Direction : std::uint8_t { kUplink, kDownlink };  // uplink: away from the modem

enum class CorruptionUnit : std::uint8_t { kBit, kOctet };

// The chances are in [0, 1].
struct LinkDirectionConfig {
  double loss = 0;
  Duration delay{};
  Duration jitter{};  // added to the delay, uniform; never makes one overtake another
  double duplication = 0;
  double reordering = 0;  // a reordered datagram comes `reordering_delay` late, others overtake it
  Duration reordering_delay{};
  // One bit or octet of the payload is changed. Such a datagram is delivered: it stands for one
  // whose UDP checksum happens to fit.
  double corruption = 0;
  CorruptionUnit corruption_unit = CorruptionUnit::kBit;
  std::size_t mtu = 0;                // largest IP packet; larger ones are dropped; 0: any size
  std::uint64_t bits_per_second = 0;  // of IP packets; 0: no serialisation delay
  std::size_t queue_size_max = 256;   // datagrams under way; one more is dropped

  friend bool operator==(const LinkDirectionConfig&, const LinkDirectionConfig&) = default;
};

enum class LinkStepAction : std::uint8_t { kLose, kDuplicate, kDelay, kCorrupt };

// "Lose the 2nd and 3rd uplink datagram": {kUplink, 2, 2, kLose}.
struct LinkStep {
  Direction direction = Direction::kUplink;
  std::uint32_t first = 1;  // counted from 1 over all datagrams sent in this direction
  std::uint32_t count = 1;
  LinkStepAction action = LinkStepAction::kLose;
  Duration delay{};  // of kDelay: added, and others overtake

  friend bool operator==(const LinkStep&, const LinkStep&) = default;
};

// "From 10 s for 30 s nothing passes": what is sent then is dropped, what is under way arrives.
struct Outage {
  Duration from{};  // on the module's time line
  Duration length{};
  Duration every{};                    // repeats; 0: once
  std::optional<Direction> direction;  // absent: both

  friend bool operator==(const Outage&, const Outage&) = default;
};

// Radio resource control and power saving, 3GPP TS 36.331 and TS 24.301 in two instants. All zero:
// always connected.
struct RadioConfig {
  Duration promotion_delay{};      // RRC idle to connected, paid by the first datagram
  Duration inactivity_time = 10s;  // connected to idle, counted from the last datagram
  Duration paging_cycle{};         // (e)DRX: downlink in idle waits for its next multiple
  Duration active_time{};  // T3324: idle to power saving, where downlink is dropped; 0: never

  friend bool operator==(const RadioConfig&, const RadioConfig&) = default;
};

struct LinkConfig {
  LinkDirectionConfig uplink;
  LinkDirectionConfig downlink;
  RadioConfig radio;
  std::vector<LinkStep> steps;
  std::vector<Outage> outages;

  friend bool operator==(const LinkConfig&, const LinkConfig&) = default;
};

}  // namespace vmodem::net
