// When messages went out again, as an SVG inside a page.
#pragma once

#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

// Of the run's exchanges, each on a line that begins with its first transmission. Empty without
// any.
[[nodiscard]] std::string timeline_svg(const Run& run);

}  // namespace vmodem::report
