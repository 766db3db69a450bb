// The report in short, for the summary of a job.
#pragma once

#include <string>

#include "tools/report/run.h"

namespace vmodem::report {

[[nodiscard]] std::string to_markdown(const Report& report);

}  // namespace vmodem::report
