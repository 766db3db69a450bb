// The report as CI servers read it.
#pragma once

#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

// A suite for each run. Its first test case is the run itself, which does not fail: an error that a
// host is told may be what a test wants; each stands in its output, with why. Each rule that the
// host broke is a test case that failed.
[[nodiscard]] std::string to_junit(const Report& report);

}  // namespace vmodem::report
