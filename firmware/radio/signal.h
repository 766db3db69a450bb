// What AT+CSQ answers (27.007 §8.5).
#pragma once

#include <optional>
#include <string>

#include "firmware/radio/config.h"

namespace vmodem::firmware {

struct SignalQuality {
  int rssi = 99;  // 0–31; 99: unknown
  int ber = 99;   // 0–7; 99: unknown

  friend bool operator==(const SignalQuality&, const SignalQuality&) = default;
};

// Unknown where no cell is heard.
[[nodiscard]] SignalQuality quality_of(const std::optional<Signal>& signal);
// "28,99"
[[nodiscard]] std::string text_of(const SignalQuality& quality);

}  // namespace vmodem::firmware
