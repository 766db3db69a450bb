// Durations of one kind, and what is said of them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <vector>

namespace vmodem::benchmark {

using Clock = std::chrono::steady_clock;

inline double microseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

class Samples {
 public:
  void add(double sample) { samples_.push_back(sample); }
  // There is at least one; `fraction` lies in [0, 1).
  [[nodiscard]] double percentile(double fraction) const {
    auto sorted = samples_;
    const auto index = static_cast<std::size_t>(fraction * static_cast<double>(sorted.size()));
    const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(sorted.begin(), nth, sorted.end());
    return *nth;
  }
  [[nodiscard]] double median() const { return percentile(0.5); }
  // What the machine can do while nobody else has it: for loops without a system call.
  [[nodiscard]] double best() const { return *std::min_element(samples_.begin(), samples_.end()); }

 private:
  std::vector<double> samples_;
};

template <class Work>
double time_us(Work&& work) {
  const auto begin = Clock::now();
  work();
  return microseconds(Clock::now() - begin);
}

// Of this process; for work that waits for nothing.
template <class Work>
double cpu_time_us(Work&& work) {
  const auto begin = std::clock();
  work();
  return 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace vmodem::benchmark
