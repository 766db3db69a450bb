// The steps of a ladder between host, modem, network and server.
#pragma once

#include <span>
#include <vector>

#include "firmware/journal/why.h"
#include "tools/report/run.h"

namespace vmodem::report {

[[nodiscard]] Step step_of(const journal::Entry& entry);

struct Ladder {
  std::vector<Step> steps;
  std::size_t left_out;  // behind the last
};
// No more steps than `count_max`: the beginning, the end, and what stands round `places`, the last
// of them first.
[[nodiscard]] Ladder ladder_of(const journal::Ring& ring, std::span<const Number> places,
                               std::size_t count_max);

}  // namespace vmodem::report
