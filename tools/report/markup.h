// How numbers and times of a report are written.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/markup.h"
#include "firmware/base/time.h"

namespace vmodem::report {

// Seconds to the millisecond: "12.346".
[[nodiscard]] std::string seconds_text(Duration duration);
[[nodiscard]] std::string seconds_text(Instant at);
// "1 entry", "2 entries", "100,000 entries".
[[nodiscard]] std::string count_text(std::size_t count, std::string_view one,
                                     std::string_view many);
// "2023-11-14 22:13:20 UTC"; a journal may tell any year.
[[nodiscard]] std::string calendar_text(CalendarTime time);

}  // namespace vmodem::report
