// Calendar time as text.
#pragma once

#include <string>

#include "net/sim/description/world.h"

namespace vmodem::sim {

[[nodiscard]] CalendarTime calendar_time(CalendarTime start, Instant now);
// "Nov 22 21:37:05", strftime's "%b %d %H:%M:%S" in the C locale, as libcoap's /time prints it.
[[nodiscard]] std::string short_date(CalendarTime time);
// Seconds since 1970.
[[nodiscard]] std::string unix_seconds(CalendarTime time);

}  // namespace vmodem::sim
