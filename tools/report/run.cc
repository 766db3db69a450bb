#include "tools/report/run.h"

#include <algorithm>

namespace vmodem::report {

std::string_view severity(const Finding& finding) {
  return finding.is_wrong ? "wrong" : "risky";
}

Instant Exchange::last() const {
  auto latest = transmissions.empty() ? Instant() : transmissions.back().at;
  if (answered) latest = std::max(latest, *answered);
  if (ended) latest = std::max(latest, *ended);
  return latest;
}

}  // namespace vmodem::report
