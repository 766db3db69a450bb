// The cases of a suite: files of the language below folders.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/expected.h"

namespace vmodem::conform {

// The files below a folder that end in ".at", in the order of their paths; a file stands for itself.
// Error: a path that is neither.
[[nodiscard]] Expected<std::vector<std::string>, Fault> cases_below(
    const std::vector<std::string>& paths);

}  // namespace vmodem::conform
