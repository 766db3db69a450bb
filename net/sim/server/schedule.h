// Everything in the world that waits for an instant, in one ordered table: the next deadline is
// known without asking anybody.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::sim {

enum class JobKind : std::uint8_t {
  kTransmit,    // a delayed datagram of a server
  kRetransmit,  // a confirmable message in flight
  kNotify,      // the period of an observable resource is over
  kInitiate,    // a request of the server's own
  kRestart,
  kDtls,    // a session's timer
  kAnswer,  // a name, ping or time query
};

struct Job {
  JobKind kind = JobKind::kTransmit;
  std::uint32_t server = 0;   // index
  std::uint64_t subject = 0;  // what it means is the kind's affair
  net::Endpoint peer{};       // of kRetransmit and kDtls
  std::uint64_t mark = 0;     // Schedule's when it was added
};

// Names one entry. Later entries of the same instant come later.
using JobKey = std::pair<Instant, std::uint64_t>;

class Schedule {
 public:
  JobKey add(Instant at, const Job& job);
  // Of what is being handled: datagrams, events and what is added now have it.
  void set_mark(std::uint64_t mark) { mark_ = mark; }
  [[nodiscard]] std::uint64_t mark() const { return mark_; }
  // Harmless for an entry that is gone.
  void cancel(const JobKey& key) { jobs_.erase(key); }
  [[nodiscard]] std::optional<Job> pop_due(Instant now);
  [[nodiscard]] std::optional<Instant> next() const;

  // The instant the job popped last was due at: the next deadline counts from it.
  [[nodiscard]] Instant last_due() const { return last_due_; }

 private:
  std::map<JobKey, Job> jobs_;
  std::uint64_t next_order_ = 0;
  Instant last_due_{};
  std::uint64_t mark_ = 0;
};

}  // namespace vmodem::sim
