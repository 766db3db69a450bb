// Points of time as configuration tells them, and the module's clock that comes of them.
#pragma once

#include <string>

#include "firmware/configuration/texts/rules.h"
#include "firmware/power/clock.h"

namespace vmodem::app {

struct ClockTexts {
  std::string start = "1980-01-06T00:00:00Z";
  std::string network = "auto";  // empty: the network tells no time
  int network_zone = 0;     // quarters of an hour
  int daylight_saving = 0;  // hours
};

// RFC 3339 §5.6 in whole seconds of 1980–2079, the years that AT+CCLK tells apart, or "host" for
// what the computer's clock shows. A zone is whole quarters of an hour, −12:00 to +14:00.
[[nodiscard]] std::string allowed_start_time();
[[nodiscard]] bool accept_start_time(std::string& text);
// The same as UTC, or "auto", or nothing.
[[nodiscard]] std::string allowed_network_time();
[[nodiscard]] bool accept_network_time(std::string& text);

inline constexpr TextRule kStartTimeText{allowed_start_time, accept_start_time};
inline constexpr TextRule kNetworkTimeText{allowed_network_time, accept_network_time};

// UTC at the module's start.
struct ClockSources {
  CalendarTime host;       // what the computer's clock shows
  CalendarTime automatic;  // what "auto" stands for in this run
};
// Of texts that were accepted.
[[nodiscard]] firmware::ClockConfig make_clock(const ClockTexts& texts,
                                               const ClockSources& sources);

}  // namespace vmodem::app
