#include "firmware/power/clock.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr int kZoneMin = -48;
constexpr int kZoneMax = 56;
constexpr int kCenturyTurn = 80;  // GSM is younger than 1980 (23.040 §9.2.3.11)

struct Civil {
  int year;
  unsigned month;
  unsigned day;
  long hour;
  long minute;
  long second;
};

Civil to_civil(CalendarTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - days));
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<long>(clock.hours().count()),
          static_cast<long>(clock.minutes().count()),
          static_cast<long>(clock.seconds().count())};
}

// Two digits at `position`; −1 where they are none.
int two_digits(std::string_view text, std::size_t position) {
  const char tens = text[position];
  const char ones = text[position + 1];
  if (!at::is_digit(tens) || !at::is_digit(ones)) return -1;
  return (tens - '0') * 10 + (ones - '0');
}

std::optional<int> parse_zone(std::string_view text) {
  if (text.size() != 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int quarters = two_digits(text, 1);
  if (quarters < 0) return std::nullopt;
  const int zone = text[0] == '-' ? -quarters : quarters;
  if (zone < kZoneMin || zone > kZoneMax) return std::nullopt;
  return zone;
}

std::optional<CalendarTime> parse_time(std::string_view text) {
  constexpr std::string_view kForm = "00/00/00,00:00:00";
  if (text.size() != kForm.size()) return std::nullopt;

  std::array<int, 6> fields{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    fields[i] = two_digits(text, i * 3);
    if (fields[i] < 0) return std::nullopt;
    const auto behind = i * 3 + 2;
    if (behind < text.size() && text[behind] != kForm[behind]) return std::nullopt;
  }
  const auto [year, month, day, hour, minute, second] = fields;
  const std::chrono::year_month_day date(
      std::chrono::year{year < kCenturyTurn ? 2000 + year : 1900 + year},
      std::chrono::month{static_cast<unsigned>(month)},
      std::chrono::day{static_cast<unsigned>(day)});
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

}  // namespace

CalendarTime to_local(CalendarTime utc, int zone) {
  return utc + zone * std::chrono::minutes(15);
}

std::string zone_text(int zone) {
  return fmt::format("{}{:02}", zone < 0 ? '-' : '+', std::abs(zone));
}

std::string short_face_text(const ClockFace& face) {
  const auto [year, month, day, hour, minute, second] = to_civil(face.shown);
  return fmt::format("{:02}/{:02}/{:02},{:02}:{:02}:{:02}{}", year % 100, month, day, hour, minute,
                     second, zone_text(face.zone));
}

std::string long_time_text(CalendarTime shown) {
  const auto [year, month, day, hour, minute, second] = to_civil(shown);
  return fmt::format("{:04}/{:02}/{:02},{:02}:{:02}:{:02}", year, month, day, hour, minute, second);
}

std::string long_time_text(CalendarTime shown, int zone) {
  return long_time_text(shown) + zone_text(zone);
}

std::optional<ClockFace> parse_face(std::string_view text, int zone) {
  constexpr std::size_t kTimeSize = 17;
  const auto time = parse_time(text.substr(0, kTimeSize));
  if (!time) return std::nullopt;
  if (text.size() == kTimeSize) return ClockFace{*time, zone};
  const auto given = parse_zone(text.substr(kTimeSize));
  if (!given) return std::nullopt;
  return ClockFace{*time, *given};
}

ModuleClock::ModuleClock(const ClockConfig& config, const SavedSettings& saved)
    : config_(config), saved_(saved), at_start_(config.start) {
}

ClockFace ModuleClock::face(Instant now) const {
  return {at_start_.shown + now.time_since_epoch(), at_start_.zone};
}

void ModuleClock::set(Instant now, const ClockFace& face) {
  at_start_ = {face.shown - now.time_since_epoch(), face.zone};
}

void ModuleClock::set_utc(Instant now, CalendarTime utc) {
  set(now, {to_local(utc, at_start_.zone), at_start_.zone});
}

void ModuleClock::reset(Instant now) {
  set(now, {kClockEpoch});
  last_.reset();
  events_.clear();
}

void ModuleClock::handle_registered(Instant now) {
  if (!config_.network) return;
  auto told = *config_.network;
  told.utc += now.time_since_epoch();
  last_ = Synchronisation{now, told};

  const auto local = to_local(told.utc, told.zone);
  switch (TimeUpdate{saved_.get(kTimeUpdate)}) {
    case TimeUpdate::kOff:
      break;
    case TimeUpdate::kUniversal:
      // AT95 §6.6: only mode 3 puts local time on the clock; the zone stands beside either.
      set(now, {told.utc, told.zone});
      break;
    case TimeUpdate::kLocal:
      set(now, {local, told.zone});
      break;
  }
  const auto report = saved_.get(kTimeReport);
  if (report == 1) events_.push_back({fmt::format("+CTZV: \"{}\"", zone_text(told.zone)), {}});
  if (report == 2) {
    events_.push_back({fmt::format("+CTZE: \"{}\",{},\"{}\"", zone_text(told.zone),
                                   told.daylight_saving, long_time_text(local)),
                       {}});
  }
}

}  // namespace vmodem::firmware
