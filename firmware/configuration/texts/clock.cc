#include "firmware/configuration/texts/clock.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

using firmware::ClockFace;

constexpr std::string_view kHost = "host";
constexpr std::string_view kAutomatic = "auto";
constexpr auto kQuarter = std::chrono::minutes(15);
constexpr int kYearMin = 1980;
constexpr int kYearMax = 2079;
constexpr int kZoneMin = -48;
constexpr int kZoneMax = 56;

// Digits throughout; nothing otherwise.
std::optional<int> parse_digits(std::string_view text) {
  if (text.empty() || !is_digits(text)) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "00:00"; hours and minutes.
std::optional<std::chrono::minutes> parse_hours(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = parse_digits(text.substr(0, 2));
  const auto minutes = parse_digits(text.substr(3));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

std::optional<int> parse_zone(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto offset = parse_hours(text.substr(1));
  if (!offset || *offset % kQuarter != std::chrono::minutes(0)) return std::nullopt;
  const auto quarters = static_cast<int>(*offset / kQuarter) * (text[0] == '-' ? -1 : 1);
  if (quarters < kZoneMin || quarters > kZoneMax) return std::nullopt;
  return quarters;
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8));
  if (!year || !month || !day || *year < kYearMin || *year > kYearMax) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)});
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// "2024-02-29T12:00:00+08:00".
std::optional<ClockFace> parse_time(std::string_view text) {
  constexpr std::size_t kZoneAt = 19;
  if (text.size() <= kZoneAt || (text[10] != 'T' && text[10] != 't') || text[16] != ':') {
    return std::nullopt;
  }
  const auto date = parse_date(text.substr(0, 10));
  const auto hours = parse_hours(text.substr(11, 5));
  const auto seconds = parse_digits(text.substr(17, 2));
  const auto zone = parse_zone(text.substr(kZoneAt));
  if (!date || !hours || !seconds || *seconds > 59 || !zone) return std::nullopt;
  return ClockFace{*date + *hours + std::chrono::seconds(*seconds), *zone};
}

std::string time_text(const ClockFace& face) {
  const auto days = std::chrono::floor<std::chrono::days>(face.shown);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(face.shown - days));
  const auto offset = std::chrono::abs(face.zone * kQuarter);
  const auto zone = face.zone == 0 ? std::string("Z")
                                   : fmt::format("{}{:02}:{:02}", face.zone < 0 ? '-' : '+',
                                                 offset / 1h, offset % 1h / 1min);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(), zone);
}

CalendarTime utc_of(const ClockFace& face) {
  return face.shown - face.zone * kQuarter;
}

ClockFace face_of(std::string_view text, const ClockSources& sources) {
  if (text == kHost) return {sources.host};
  if (text == kAutomatic) return {sources.automatic};
  const auto face = parse_time(text);
  BG_CHECK(face, "the key takes no other text");
  return *face;
}

}  // namespace

std::string allowed_start_time() {
  return "a time of 1980–2079, as 2024-02-29T12:00:00+08:00, or host";
}
bool accept_start_time(std::string& text) {
  if (text == kHost) return true;
  const auto face = parse_time(text);
  if (face) text = time_text(*face);
  return face.has_value();
}

std::string allowed_network_time() {
  return "a time of 1980–2079, as 2024-02-29T12:00:00Z, or host, or auto (internet.calendar_start "
         "with a seed or a virtual clock, else host), or nothing";
}
bool accept_network_time(std::string& text) {
  if (text.empty() || text == kHost || text == kAutomatic) return true;
  const auto face = parse_time(text);
  if (face) text = time_text({utc_of(*face)});
  // The zone may lead out of the years that AT+CCLK tells apart.
  return face && parse_time(text);
}

firmware::ClockConfig make_clock(const ClockTexts& texts, const ClockSources& sources) {
  firmware::ClockConfig clock{.start = face_of(texts.start, sources), .network = std::nullopt};
  if (texts.network.empty()) return clock;
  clock.network = {.utc = utc_of(face_of(texts.network, sources)),
                   .zone = texts.network_zone,
                   .daylight_saving = texts.daylight_saving};
  return clock;
}

}  // namespace vmodem::app
