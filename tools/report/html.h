// The report as one page that asks for nothing outside itself.
#pragma once

#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

// In the order of the report. Runs beyond the first have their numbers in its table alone.
inline constexpr std::size_t kRunsShownMax = 50;

[[nodiscard]] std::string to_html(const Report& report);

// A section of the page, for to_html().
[[nodiscard]] std::string coverage_html(const coverage::Coverage& coverage);

}  // namespace vmodem::report
