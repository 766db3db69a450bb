#include "firmware/configuration/texts/internet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "firmware/base/duration_text.h"
#include "firmware/base/hex.h"
#include "firmware/base/number.h"
#include "firmware/configuration/texts/words.h"

namespace vmodem::app {
namespace {

constexpr std::size_t kHostSizeMax = 253;  // RFC 1035 §2.3.4 as text
constexpr std::size_t kIdentitySizeMax = 128;
constexpr auto kRestartMax = 1000h;

constexpr std::array<Word<dtls::CipherSuite>, 2> kSuites{{
    {dtls::CipherSuite::kPskAes128Ccm8, "psk-aes128-ccm8"},
    {dtls::CipherSuite::kPskAes128CbcSha256, "psk-aes128-cbc-sha256"},
}};

// The calendar of the simulation's years and of four digits.
constexpr std::chrono::year kCalendarYearMin{1970};
constexpr std::chrono::year kCalendarYearMax{2099};

// A whole number of exactly so many digits.
bool set_digits(std::string_view text, std::size_t at, std::size_t count, unsigned& number) {
  const auto digits = text.substr(at, count);
  if (digits.size() != count || !is_digits(digits)) return false;
  return set_number(digits, 0U, std::numeric_limits<unsigned>::max(), number);
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!set_digits(text, 0, 4, year) || !set_digits(text, 5, 2, month)) return std::nullopt;
  if (!set_digits(text, 8, 2, day)) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok() || date.year() < kCalendarYearMin || date.year() > kCalendarYearMax) return std::nullopt;
  return std::chrono::sys_days(date);
}

// "23:59:59" or "23:59:59.250".
std::optional<std::chrono::milliseconds> parse_time_of_day(std::string_view text) {
  unsigned hours = 0;
  unsigned minutes = 0;
  unsigned seconds = 0;
  unsigned milliseconds = 0;
  if (text.size() != 8 && (text.size() != 12 || text[8] != '.')) return std::nullopt;
  if (text[2] != ':' || text[5] != ':') return std::nullopt;
  if (!set_digits(text, 0, 2, hours) || !set_digits(text, 3, 2, minutes)) return std::nullopt;
  if (!set_digits(text, 6, 2, seconds)) return std::nullopt;
  if (text.size() == 12 && !set_digits(text, 9, 3, milliseconds)) return std::nullopt;
  if (hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  return std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
         std::chrono::milliseconds(milliseconds);
}

}  // namespace

std::string allowed_endpoint() {
  return "an address and a port, as 198.51.100.9:5683 or [2001:db8::9]:5683";
}
bool accept_endpoint(std::string& text) {
  const auto endpoint = net::parse_endpoint(text);
  if (!endpoint) return false;
  text = to_string(*endpoint);
  return true;
}

std::string allowed_calendar() {
  return fmt::format("a time of UTC, {}–{}, as 2025-01-01T00:00:00Z", static_cast<int>(kCalendarYearMin),
                     static_cast<int>(kCalendarYearMax));
}
std::optional<sim::CalendarTime> parse_calendar(std::string_view text) {
  if (text.size() < 11 || text[10] != 'T' || !text.ends_with('Z')) return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto time = parse_time_of_day(text.substr(11, text.size() - 12));
  if (!day || !time) return std::nullopt;
  return *day + *time;
}
bool accept_calendar(std::string& text) {
  const auto time = parse_calendar(text);
  if (!time) return false;
  text = calendar_text(*time);
  return true;
}
std::string calendar_text(const sim::CalendarTime& time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto rest = clock.subseconds().count();
  if (rest != 0) text += fmt::format(".{:03}", rest);
  return text + "Z";
}

std::string same_text(const std::string& text) {
  return text;
}

std::string allowed_host_names() {
  return fmt::format("names of at most {} visible ASCII characters, separated by \",\"; *.NAME "
                     "stands for every name below NAME",
                     kHostSizeMax);
}
std::optional<std::string> parse_host_name(std::string_view text) {
  const bool is_visible =
      std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != ','; });
  if (text.empty() || text.size() > kHostSizeMax || !is_visible) return std::nullopt;
  return std::string(text);
}

std::string allowed_addresses() {
  return "addresses separated by \",\", as 198.51.100.9 or 2001:db8::9";
}
std::optional<net::IpAddress> parse_address(std::string_view text) {
  return net::parse_ip_address(text);
}
std::string address_text(const net::IpAddress& address) {
  return to_string(address);
}

std::string allowed_credentials() {
  return fmt::format(
      "texts IDENTITY:KEY, the identity of 1–{} octets, the key of 1–{} octets in hex digits",
      kIdentitySizeMax, dtls::kPskSizeMax);
}
std::optional<dtls::PskCredential> parse_credential(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon > kIdentitySizeMax) {
    return std::nullopt;
  }
  auto octets = from_hex(text.substr(colon + 1));
  if (!octets || octets->empty() || octets->size() > dtls::kPskSizeMax) return std::nullopt;
  return dtls::PskCredential{std::string(text.substr(0, colon)),
                             dtls::SecretBytes(std::move(*octets))};
}
std::string credential_text(const dtls::PskCredential& credential) {
  return fmt::format("{}:{}", credential.identity, to_hex_lower(credential.key.view()));
}

std::string allowed_suites() {
  return "psk-aes128-ccm8 and psk-aes128-cbc-sha256, separated by \",\"";
}
std::optional<dtls::CipherSuite> parse_suite(std::string_view text) {
  dtls::CipherSuite suite{};
  if (!set_word(kSuites, text, suite)) return std::nullopt;
  return suite;
}
std::string suite_text(const dtls::CipherSuite& suite) {
  return std::string(word_of(kSuites, suite));
}

std::string allowed_restarts() {
  return "restarts separated by \",\", each at and a duration, or upon request and its number "
         "from 1, and for and how long the server is silent (0s–1000h); as at 1min for 5s, upon "
         "request 3 for 0s";
}
std::optional<sim::RestartConfig> parse_restart(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() < 4 || words[words.size() - 2] != "for") return std::nullopt;
  const auto downtime = parse_duration(words.back());
  if (!downtime || *downtime > kRestartMax) return std::nullopt;

  sim::RestartConfig restart{.downtime = *downtime};
  if (words.size() == 4 && words[0] == "at") {
    restart.at = parse_duration(words[1]);
    if (!restart.at || *restart.at > kRestartMax) return std::nullopt;
    return restart;
  }
  if (words.size() != 5 || words[0] != "upon" || words[1] != "request") return std::nullopt;
  restart.upon_request = parse_number<std::uint32_t>(words[2]);
  if (!restart.upon_request || *restart.upon_request == 0) return std::nullopt;
  return restart;
}
std::string restart_text(const sim::RestartConfig& restart) {
  const auto when = restart.at ? "at " + duration_text(*restart.at)
                               : fmt::format("upon request {}", restart.upon_request.value_or(1));
  return fmt::format("{} for {}", when, duration_text(restart.downtime));
}

}  // namespace vmodem::app
