// Clock modes as a person writes them: real, virtual, scaled:N.
#pragma once

#include <string>
#include <string_view>

#include "firmware/app/loop/clock.h"

namespace vmodem::app {

inline constexpr int kClockFactorMax = 10000;

[[nodiscard]] std::string allowed_clocks();
[[nodiscard]] bool accept_clock(std::string& text);
[[nodiscard]] std::string clock_text(const TimeConfig& config);
// `text` is one that accept_clock() takes.
void set_clock(TimeConfig& config, std::string_view text);

}  // namespace vmodem::app
