#include "firmware/configuration/texts/clock_mode.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

constexpr std::string_view kReal = "real";
constexpr std::string_view kVirtual = "virtual";
constexpr std::string_view kManual = "manual";
constexpr std::string_view kScaled = "scaled:";

std::optional<int> factor_of(std::string_view text) {
  if (!text.starts_with(kScaled)) return std::nullopt;
  text.remove_prefix(kScaled.size());
  int factor = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), factor);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (factor < 1 || factor > kClockFactorMax) return std::nullopt;
  return factor;
}

}  // namespace

std::string allowed_clocks() {
  return fmt::format("real, virtual, manual, or scaled:N with N of 1–{}", kClockFactorMax);
}

bool accept_clock(std::string& text) {
  return text == kReal || text == kVirtual || text == kManual || factor_of(text).has_value();
}

std::string clock_text(const TimeConfig& config) {
  switch (config.mode) {
    case ClockMode::kReal:
      return std::string(kReal);
    case ClockMode::kScaled:
      return fmt::format("{}{}", kScaled, config.factor);
    case ClockMode::kVirtual:
      return std::string(kVirtual);
    case ClockMode::kManual:
      break;
  }
  return std::string(kManual);
}

void set_clock(TimeConfig& config, std::string_view text) {
  const auto factor = factor_of(text);
  BG_CHECK(factor || text == kReal || text == kVirtual || text == kManual,
           "only accepted text is set");
  config.factor = factor.value_or(1);
  if (factor) {
    config.mode = ClockMode::kScaled;
  } else if (text == kReal) {
    config.mode = ClockMode::kReal;
  } else {
    config.mode = text == kVirtual ? ClockMode::kVirtual : ClockMode::kManual;
  }
}

}  // namespace vmodem::app
