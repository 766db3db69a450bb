// The questions of a survey: one for each switch of the dialect, in the order in which they are
// put. Each shows which value fits whatever the other switches are, or the ones before it have
// told.
#pragma once

#include <span>
#include <string_view>

#include "tools/conform/survey/interview.h"

namespace vmodem::conform {

struct Probe {
  std::string_view key;
  Finding (*ask)(Interview& interview);
};
[[nodiscard]] std::span<const Probe> probes();

// Ends what the questions have begun: sessions, files, settings.
void clean_up(Interview& interview);

}  // namespace vmodem::conform
