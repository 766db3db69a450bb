#include "firmware/radio/signal.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::firmware {

SignalQuality quality_of(const std::optional<Signal>& signal) {
  if (!signal) return {};
  // 0 is −113 dBm or less, 31 is −51 dBm or more.
  return {.rssi = std::clamp((signal->rssi_dbm + 113) / 2, 0, 31), .ber = signal->ber};
}

std::string text_of(const SignalQuality& quality) {
  return fmt::format("{},{}", quality.rssi, quality.ber);
}

}  // namespace vmodem::firmware
