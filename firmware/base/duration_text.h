// Durations as a person writes them: a whole number and its unit, ms, s, min or h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/time.h"

namespace vmodem {

// Nothing for text of another form, or more than a Duration holds.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
// In the largest unit that leaves no fraction; what is below a millisecond is cut off.
[[nodiscard]] std::string duration_text(Duration duration);

}  // namespace vmodem
