// A transcript with its expectations replaced by what really came. The reviewer reads the
// difference.
#pragma once

#include <string>

#include "firmware/base/expected.h"
#include "tools/conform/player.h"

namespace vmodem::conform {

// Expectations that hold stay as they are, captures and wildcards included; comments stay. A line
// that sends gets no answer of its own where the next one sends too, so that hosts that do not wait
// can be written. Fails where a step that is no expectation fails, as an `at` that comes too late.
[[nodiscard]] Expected<std::string, Failure> rewrite(const Script& script, Backend& backend);

}  // namespace vmodem::conform
