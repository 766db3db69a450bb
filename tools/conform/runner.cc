#include "tools/conform/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "firmware/base/random.h"

namespace vmodem::conform {
namespace {

Report play_one(const Planned& one, const Way& way) {
  const auto begin = std::chrono::steady_clock::now();
  auto report =
      one.script ? play_case(one.file, *one.script, way) : unusable(one.file, one.script.error());
  report.name = one.name;
  if (one.script) report.checks = one.script->checks;
  report.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - begin);
  return report;
}

Report skipped(const Planned& one) {
  auto report = left_out(one.file, "the device was not reached before");
  report.name = one.name;
  if (one.script) report.checks = one.script->checks;
  return report;
}

// What workers take from and give to.
class Shared {
 public:
  Shared(const std::vector<Planned>& cases, const std::vector<std::size_t>& order, const Way& way)
      : cases_(cases), order_(order), way_(way), reports_(order.size()) {}

  void work() {
    while (const auto place = take()) give(*place, play_one(cases_[order_[*place]], way_));
  }
  // Waits for the report of that place.
  Report get(std::size_t place) {
    std::unique_lock lock(mutex_);
    is_given_.wait(lock, [&] { return reports_[place].has_value(); });
    auto report = std::move(*reports_[place]);
    reports_[place].reset();
    return report;
  }

 private:
  std::optional<std::size_t> take() {
    const std::lock_guard lock(mutex_);
    while (next_ < order_.size() && is_lost_) {
      reports_[next_] = skipped(cases_[order_[next_]]);
      ++next_;
      is_given_.notify_one();
    }
    if (next_ == order_.size()) return std::nullopt;
    return next_++;
  }
  void give(std::size_t place, Report report) {
    const std::lock_guard lock(mutex_);
    is_lost_ = is_lost_ || report.verdict == Verdict::kUnreached;
    reports_[place] = std::move(report);
    is_given_.notify_one();
  }

  const std::vector<Planned>& cases_;
  const std::vector<std::size_t>& order_;
  const Way& way_;
  std::mutex mutex_;
  std::condition_variable is_given_;
  std::size_t next_ = 0;
  bool is_lost_ = false;
  std::vector<std::optional<Report>> reports_;
};

}  // namespace

std::vector<std::size_t> order_of(std::size_t case_count, const Order& order) {
  std::vector<std::size_t> indices;
  for (std::size_t repeat = 0; repeat < order.repeats; ++repeat) {
    for (std::size_t i = 0; i < case_count; ++i) indices.push_back(i);
  }
  if (!order.shuffle_seed) return indices;
  SeededRandom random(*order.shuffle_seed);
  for (auto left = indices.size(); left > 1; --left) {
    const auto chosen = random.below(RandomStream::kLink, left);
    std::swap(indices[left - 1], indices[chosen]);
  }
  return indices;
}

void run_cases(const std::vector<Planned>& cases, const std::vector<std::size_t>& order,
               const Way& way, std::size_t jobs, const std::function<void(const Report&)>& tell) {
  Shared shared(cases, order, way);
  std::vector<std::jthread> workers;
  const auto count = std::min(std::max<std::size_t>(jobs, 1), order.size());
  for (std::size_t i = 0; i < count; ++i) workers.emplace_back([&shared] { shared.work(); });
  for (std::size_t place = 0; place < order.size(); ++place) tell(shared.get(place));
}

}  // namespace vmodem::conform
