#include "firmware/coap/host_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr std::size_t kLabelSizeMax = 63;
constexpr std::size_t kNameSizeMax = 255;

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelSizeMax) return false;
  return std::ranges::all_of(label, [](char c) {
    return at::is_letter(c) || at::is_digit(c) || c == '-' || c == '_';
  });
}

}  // namespace

bool is_ip_literal(std::string_view host) {
  const std::string text(host);
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > kNameSizeMax) return false;
  if (host.find('\0') != std::string_view::npos) return false;
  if (is_ip_literal(host)) return true;

  if (host.ends_with('.')) host.remove_suffix(1);
  std::string_view label;
  while (true) {
    const auto dot = std::min(host.find('.'), host.size());
    label = host.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == host.size()) break;
    host.remove_prefix(dot + 1);
  }
  return !std::ranges::all_of(label, at::is_digit);
}

}  // namespace vmodem::firmware
