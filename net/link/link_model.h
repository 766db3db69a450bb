// The cellular link of one modem: datagrams and the time go in, datagrams come out later, changed
// or never. The same configuration, seed and calls give the same deliveries.
//
// In:  datagrams, the time, chance or a script.
// Out: datagrams, later, changed or never, and why.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "firmware/base/random.h"
#include "net/datagram.h"
#include "net/link/link_config.h"
#include "net/link/link_event.h"
#include "net/link/link_script.h"
#include "net/link/radio_state.h"

namespace vmodem::net {

struct Delivery {
  Direction direction;
  Datagram datagram;
};

// Whether scripts count a datagram. Those of sessions they do; what goes with a question to the
// internet (a name, a ping, the time) would shift "the third datagram" where a host uses a name.
enum class Counting : std::uint8_t { kCounted, kUncounted };

class LinkModel {
 public:
  // Draws from RandomStream::kLink only. `random` is borrowed for the lifetime of the model.
  LinkModel(LinkConfig config, RandomSource& random);

  // Counts from the next datagram; what is under way arrives as it was to.
  void set_config(LinkConfig config) { config_ = std::move(config); }
  // Drops, in both directions, what is sent before `until`. Later calls replace earlier ones.
  void set_down(Instant until) { down_until_ = until; }

  // By set_down() or by an outage, in at least one direction.
  [[nodiscard]] bool is_down(Instant now) const;
  // Delivers all there is at once and unchanged, but for what a script does later.
  [[nodiscard]] bool is_ideal(Instant now) const;

  // What happens to the next `count` datagrams of a direction, from the next one on.
  void add_step(Direction direction, LinkStepAction action, std::uint32_t count,
                Duration delay = {});

  // Accepts a datagram of any size and at any rate; what becomes of it is in the events.
  void send(Instant now, Direction direction, Datagram datagram,
            Counting counting = Counting::kCounted);
  // What has arrived by `now`, in the order of arrival. Poll until nothing is left.
  [[nodiscard]] std::optional<Delivery> poll_delivery(Instant now);
  // The next arrival.
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  [[nodiscard]] std::optional<LinkEvent> poll_event() { return log_.poll(); }
  [[nodiscard]] std::uint64_t count(LinkEventKind kind) const { return log_.count(kind); }

 private:
  struct Lane {
    std::uint32_t sent = 0;
    std::size_t under_way = 0;
    Instant busy_until{};
    Instant last_arrival{};
  };
  struct Arrival {
    Instant at;
    std::uint64_t order;
    Delivery delivery;
  };
  struct Comparison;  // for a heap whose front arrives first
  struct Sending {
    Direction direction;
    std::size_t size;
    std::uint32_t ordinal;  // 0: not counted
    std::uint64_t mark;
  };

  [[nodiscard]] const LinkDirectionConfig& config_of(Direction direction) const;
  [[nodiscard]] Lane& lane_of(Direction direction);
  [[nodiscard]] bool chance(double probability);
  [[nodiscard]] std::optional<LinkEventKind> refusal(Instant now, const Sending& sending);
  [[nodiscard]] Instant arrival_of(const Sending& sending, Instant ready,
                                   const ScriptedTreatment& scripted);
  void corrupt(Direction direction, Bytes& octets);
  void report(LinkEventKind kind, const Sending& sending) {
    log_.report({kind, sending.direction, sending.ordinal, sending.size, sending.mark});
  }
  void push(Instant at, Direction direction, Datagram datagram);

  LinkConfig config_;
  RandomSource& random_;
  RadioState radio_;
  Instant down_until_{};
  std::array<Lane, 2> lanes_;
  std::vector<Arrival> arrivals_;  // a heap
  std::uint64_t next_order_ = 0;
  LinkEventLog log_;
};

}  // namespace vmodem::net
