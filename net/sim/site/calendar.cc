#include "net/sim/site/calendar.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace vmodem::sim {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

CalendarTime calendar_time(CalendarTime start, Instant now) {
  return start + std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch());
}

std::string short_date(CalendarTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{} {:02} {:02}:{:02}:{:02}", kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string unix_seconds(CalendarTime time) {
  return fmt::format("{}",
                     std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

}  // namespace vmodem::sim
