#include "firmware/base/duration_text.h"

#include <fmt/format.h>

#include <charconv>

namespace vmodem {
namespace {

struct Unit {
  std::string_view name;
  Duration length;
};
constexpr Unit kUnits[] = {{"h", 1h}, {"min", 1min}, {"s", 1s}, {"ms", 1ms}};

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  Duration::rep count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (fault != std::errc{} || count < 0 || text.starts_with('-')) return std::nullopt;

  const auto name = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const auto& unit : kUnits) {
    if (unit.name != name) continue;
    if (count > Duration::max() / unit.length) return std::nullopt;
    return count * unit.length;
  }
  return std::nullopt;
}

std::string duration_text(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  for (const auto& unit : kUnits) {
    if (duration % unit.length == Duration::zero()) {
      return fmt::format("{}{}", duration / unit.length, unit.name);
    }
  }
  return fmt::format("{}ms", duration / 1ms);
}

}  // namespace vmodem
