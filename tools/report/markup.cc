#include "tools/report/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "firmware/base/printable.h"

namespace vmodem::report {
namespace {

constexpr auto kWhole = std::numeric_limits<std::size_t>::max();

// XML 1.0 §2.2 has neither surrogates nor U+FFFE and U+FFFF, which other UTF-8 may hold.
std::string without_noncharacters(std::string text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const bool is_surrogate = octet(i) == 0xED && octet(i + 1) >= 0xA0;
    const bool is_noncharacter = octet(i) == 0xEF && octet(i + 1) == 0xBF && octet(i + 2) >= 0xBE;
    if (is_surrogate || is_noncharacter) text.replace(i, 3, "\uFFFD");
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : without_noncharacters(printable(text, kWhole))) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string code_span(std::string_view text) {
  const auto shown = printable(text, kWhole);
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : shown) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  if (longest == 0) return fmt::format("`{}`", shown.empty() ? " " : shown);
  const std::string fence(longest + 1, '`');
  return fmt::format("{} {} {}", fence, shown, fence);
}

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
