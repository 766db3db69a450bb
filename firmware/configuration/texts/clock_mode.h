// Clock modes as a person writes them: real, virtual, manual, scaled:N.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/time.h"

namespace vmodem::app {

enum class ClockMode : std::uint8_t { kReal, kScaled, kVirtual, kManual };

struct TimeConfig {
  ClockMode mode = ClockMode::kReal;
  int factor = 1;         // of kScaled, 1–10000
  Duration grace = 20ms;  // of kVirtual: how long the serial line is quiet before time jumps
};

inline constexpr int kClockFactorMax = 10000;

[[nodiscard]] std::string allowed_clocks();
[[nodiscard]] bool accept_clock(std::string& text);
[[nodiscard]] std::string clock_text(const TimeConfig& config);
// `text` is one that accept_clock() takes.
void set_clock(TimeConfig& config, std::string_view text);

}  // namespace vmodem::app
