#include "net/sim/server/schedule.h"

namespace vmodem::sim {

JobKey Schedule::add(Instant at, const Job& job) {
  const JobKey key{at, next_order_++};
  jobs_.emplace(key, job).first->second.mark = mark_;
  return key;
}

std::optional<Job> Schedule::pop_due(Instant now) {
  if (jobs_.empty() || jobs_.begin()->first.first > now) return std::nullopt;

  const auto first = jobs_.begin();
  last_due_ = first->first.first;
  const auto job = first->second;
  jobs_.erase(first);
  return job;
}

std::optional<Instant> Schedule::next() const {
  if (jobs_.empty()) return std::nullopt;
  return jobs_.begin()->first.first;
}

}  // namespace vmodem::sim
