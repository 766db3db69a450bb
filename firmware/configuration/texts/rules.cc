#include "firmware/configuration/texts/rules.h"

#include <arpa/inet.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "firmware/model.h"

namespace vmodem::app {
namespace {

bool is_bits(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("01") == std::string_view::npos;
}

// A text of another form, or with a zero octet in it, is no literal.
bool is_literal(int family, const std::string& text) {
  in6_addr address{};
  return text.find('\0') == std::string::npos && ::inet_pton(family, text.c_str(), &address) == 1;
}

}  // namespace

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string_view> model_names() {
  std::vector<std::string_view> names;
  for (const auto& model : firmware::models()) names.push_back(model.name);
  return names;
}
std::string allowed_models() {
  return fmt::format("one of {}", fmt::join(model_names(), ", "));
}
bool accept_model(std::string& text) {
  const auto* model = firmware::find_model(text);
  if (model == nullptr) return false;
  text = model->name;
  return true;
}

// 3GPP TS 23.003 §6.2.1 and §2.2: 15 decimal digits each.
std::string allowed_fifteen_digits() {
  return "15 digits";
}
bool accept_fifteen_digits(std::string& text) {
  return text.size() == 15 && is_digits(text);
}

std::string allowed_iccid() {
  return "18 to 22 digits, the last may be F";
}
bool accept_iccid(std::string& text) {
  const bool is_padded = text.ends_with('F') || text.ends_with('f');
  if (text.size() < 18 || text.size() > 22) return false;
  if (!is_digits(std::string_view(text).substr(0, text.size() - (is_padded ? 1 : 0)))) return false;
  if (is_padded) text.back() = 'F';
  return true;
}

// 3GPP TS 31.101 §9.5.
std::string allowed_pin() {
  return "4 to 8 digits";
}
bool accept_pin(std::string& text) {
  return text.size() >= 4 && text.size() <= 8 && is_digits(text);
}

std::string allowed_puk() {
  return "8 digits";
}
bool accept_puk(std::string& text) {
  return text.size() == 8 && is_digits(text);
}

// 3GPP TS 24.008 §10.5.7.4 and §10.5.7.4a: a unit of 3 bits and a count of 5.
std::string allowed_timer() {
  return "8 bits, as 00100001, or nothing";
}
bool accept_timer(std::string& text) {
  return text.empty() || is_bits(text, 8);
}

// 3GPP TS 24.008 §10.5.5.32.
std::string allowed_cycle() {
  return "4 bits, as 0101, or nothing";
}
bool accept_cycle(std::string& text) {
  return text.empty() || is_bits(text, 4);
}

std::string allowed_window() {
  return "4 bits, as 0011";
}
bool accept_window(std::string& text) {
  return is_bits(text, 4);
}

std::string allowed_ipv4() {
  return "an IPv4 address, as 10.76.51.180";
}
bool accept_ipv4(std::string& text) {
  return is_literal(AF_INET, text);
}

std::string allowed_ipv6_prefix() {
  return "the first four groups of an IPv6 address, as 2001:db8:4c33:1";
}
bool accept_ipv6_prefix(std::string& text) {
  return std::ranges::count(text, ':') == 3 && text.find("::") == std::string::npos &&
         is_literal(AF_INET6, text + "::");
}

std::string allowed_address() {
  return "an IPv4 or IPv6 address";
}
bool accept_address(std::string& text) {
  return is_literal(AF_INET, text) || is_literal(AF_INET6, text);
}

constexpr std::size_t kPrintableSizeMax = 64;
std::string allowed_printable() {
  return fmt::format("at most {} printable ASCII characters", kPrintableSizeMax);
}
bool accept_printable(std::string& text) {
  return text.size() <= kPrintableSizeMax &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string allowed_path() {
  return "a path";
}
bool accept_path(std::string& text) {
  return text.find('\0') == std::string::npos;
}

}  // namespace vmodem::app
