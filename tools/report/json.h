// The report for programs, and what they may rely on in it.
#pragma once

#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

// One JSON object and a line end. Times are seconds.
[[nodiscard]] std::string to_json(const Report& report);
// A JSON Schema (2020-12) of it.
[[nodiscard]] std::string report_schema();

}  // namespace vmodem::report
