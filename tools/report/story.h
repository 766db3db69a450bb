// Entries of one journal, in their order, as a Run. What is kept of them is bounded.
#pragma once

#include <deque>
#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

struct Limits {
  std::size_t entries = 131072;
  std::size_t failures = 100;
  std::size_t causes = 40;
  std::size_t findings = 500;
  std::size_t exchanges = 40;
  std::size_t steps = 4000;
};

class Story {
 public:
  explicit Story(std::string name, Limits limits = {});

  void handle(journal::Entry entry, std::optional<CalendarTime> wall = std::nullopt);
  // Once, behind the last entry.
  [[nodiscard]] Run end(bool is_cut = false);

 private:
  void count(const journal::Entry& entry);
  void take_back(Number first);

  Limits limits_;
  Run run_;
  std::deque<journal::Entry> entries_;
  Number last_ = 0;
};

}  // namespace vmodem::report
