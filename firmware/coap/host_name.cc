#include "firmware/coap/host_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr std::size_t kLabelSizeMax = 63;
constexpr std::size_t kNameSizeMax = 255;

std::optional<in_addr> parse_ipv4(std::string_view host) {
  in_addr address{};
  if (inet_pton(AF_INET, std::string(host).c_str(), &address) != 1) return std::nullopt;
  return address;
}

std::optional<in6_addr> parse_ipv6(std::string_view host) {
  in6_addr address{};
  if (inet_pton(AF_INET6, std::string(host).c_str(), &address) != 1) return std::nullopt;
  return address;
}

bool is_one_host(const in_addr& address) {
  const auto number = ntohl(address.s_addr);
  return number != INADDR_ANY && number != INADDR_BROADCAST && !IN_MULTICAST(number);
}

bool is_one_host(const in6_addr& address) {
  if (!IN6_IS_ADDR_V4MAPPED(&address)) {
    return !IN6_IS_ADDR_UNSPECIFIED(&address) && !IN6_IS_ADDR_MULTICAST(&address);
  }
  in_addr mapped{};
  std::memcpy(&mapped, &address.s6_addr[12], sizeof mapped);
  return is_one_host(mapped);
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelSizeMax) return false;
  return std::ranges::all_of(label, [](char c) {
    return at::is_letter(c) || at::is_digit(c) || c == '-' || c == '_';
  });
}

}  // namespace

bool is_ip_literal(std::string_view host) {
  return parse_ipv4(host) || parse_ipv6(host);
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

bool is_server(std::string_view host) {
  if (const auto address = parse_ipv4(host)) return is_one_host(*address);
  if (const auto address = parse_ipv6(host)) return is_one_host(*address);
  return is_host(host) && host.find('_') == std::string_view::npos;
}

}  // namespace vmodem::firmware
