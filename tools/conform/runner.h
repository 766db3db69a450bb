// Plays many cases, several at a time, and tells of each in the order of the plan.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/conform/report.h"
#include "tools/conform/way.h"

namespace vmodem::conform {

struct Planned {
  std::string file;
  std::string name;
  Expected<Script, ScriptError> script;
};

struct Order {
  std::size_t repeats = 1;
  std::optional<std::uint64_t> shuffle_seed{};
};

// As often and in the order that is wanted: indices of the cases.
[[nodiscard]] std::vector<std::size_t> order_of(std::size_t case_count, const Order& order);

// `tell` is called in the caller's thread. A device that is not reached ends the run: what is left
// is told as left out.
void run_cases(const std::vector<Planned>& cases, const std::vector<std::size_t>& order,
               const Way& way, std::size_t jobs, const std::function<void(const Report&)>& tell);

}  // namespace vmodem::conform
