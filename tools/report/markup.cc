#include "tools/report/markup.h"

#include <fmt/format.h>

namespace vmodem::report {
std::string seconds_text(Duration duration) {
  const auto seconds = std::chrono::duration<double>(duration).count();
  return fmt::format("{:.3f}", seconds);
}

std::string seconds_text(Instant at) {
  return seconds_text(at.time_since_epoch());
}

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
  auto digits = fmt::format("{}", count);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
    digits.insert(static_cast<std::size_t>(place), ",");
  }
  return fmt::format("{} {}", digits, count == 1 ? one : many);
}

std::string calendar_text(CalendarTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace vmodem::report
