// Many modem objects, each behind a link of its own, in one simulated internet: what a test of
// thousands of devices drives. One heap of deadlines for all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include "firmware/modem.h"
#include "net/link/link_model.h"
#include "net/sim/world.h"
#include "ufs/memory_store.h"

namespace vmodem::benchmark {

struct FleetConfig {
  std::uint32_t modem_count = 5000;
  net::LinkConfig link;
  Duration period = 30s;  // between two confirmable GETs of a modem
};

class Fleet {
 public:
  // Each modem has a session with the one server after run().
  explicit Fleet(const FleetConfig& config);

  // From where it stands to `end`.
  void run(Instant end);

  [[nodiscard]] std::uint64_t sent_count() const { return sent_; }
  [[nodiscard]] std::uint64_t acknowledged_count() const { return acknowledged_; }
  [[nodiscard]] std::uint64_t transmission_count() const { return transmissions_; }

 private:
  using ModemIndex = std::uint32_t;
  struct Member {
    firmware::Modem modem;
    net::LinkModel link;
    Instant next_send;
    Instant due = Instant::max();      // the modem's own deadline
    Instant planned = Instant::max();  // its entry of the heap that counts
    std::optional<firmware::TransportId> transport;
  };
  using Entry = std::pair<Instant, ModemIndex>;

  void serve(Instant now, ModemIndex index);
  void deliver(Instant now, Member& member);
  void settle(Instant now, Member& member, ModemIndex index);
  void perform(Instant now, Member& member, ModemIndex index, firmware::Action& action);
  void read_serial(Member& member);
  void serve_world(Instant now);
  void plan(ModemIndex index);
  [[nodiscard]] std::optional<Instant> next_deadline();

  FleetConfig config_;
  SeededRandom random_{1};
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  sim::World world_;
  std::vector<Member> members_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> deadlines_;
  std::uint64_t sent_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t transmissions_ = 0;
};

}  // namespace vmodem::benchmark
