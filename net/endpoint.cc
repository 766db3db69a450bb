#include "net/endpoint.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace vmodem::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::string_view kEndpointForm = "an address and a port, as 127.0.0.1:5683 or [::1]:5683";

SyntaxError not_an_endpoint(std::string_view text, std::string_view why) {
  return {fmt::format("\"{}\" {}", text, why), std::string(kEndpointForm)};
}

}  // namespace

IpAddress IpAddress::v4(std::array<std::uint8_t, 4> octets) {
  IpAddress address;
  std::ranges::copy(octets, std::ranges::copy(kMappedPrefix, address.octets_.begin()).out);
  return address;
}

bool IpAddress::is_v4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), octets_.begin());
}

bool IpAddress::is_one_host() const {
  if (!is_v4()) return octets_ != Octets{} && octets_.front() != 0xFF;

  const auto own = std::span(octets_).subspan(kMappedPrefix.size());
  const auto is_all = [&](std::uint8_t octet) {
    return std::ranges::all_of(own, [octet](auto one) { return one == octet; });
  };
  return !is_all(0) && !is_all(0xFF) && (own.front() & 0xF0) != 0xE0;
}

bool IpAddress::is_loopback() const {
  if (is_v4()) return octets_[kMappedPrefix.size()] == 127;

  constexpr Octets kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return octets_ == kLoopback;
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const auto* octets = address.octets().data();
  if (address.is_v4()) {
    ::inet_ntop(AF_INET, octets + kMappedPrefix.size(), text.data(), text.size());
  } else {
    ::inet_ntop(AF_INET6, octets, text.data(), text.size());
  }
  return text.data();
}

std::string to_string(const Endpoint& endpoint) {
  const auto address = to_string(endpoint.address);
  if (endpoint.address.is_v4()) return fmt::format("{}:{}", address, endpoint.port);
  return fmt::format("[{}]:{}", address, endpoint.port);
}

std::optional<IpAddress> parse_ip_address(std::string_view text) {
  const std::string terminated(text);
  std::array<std::uint8_t, 4> v4{};
  if (::inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return IpAddress::v4(v4);

  IpAddress::Octets v6{};
  if (::inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return IpAddress(v6);

  return std::nullopt;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (fault != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

Expected<Endpoint, SyntaxError> parse_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return unexpected(not_an_endpoint(text, "has no port"));

  auto host = text.substr(0, colon);
  const bool is_bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  const auto address = parse_ip_address(host);
  const bool is_colon_inside = host.find(':') != std::string_view::npos;
  if (!address || is_bracketed != is_colon_inside) {
    return unexpected(not_an_endpoint(text, "does not begin with an IP address"));
  }

  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return unexpected(not_an_endpoint(text, "does not end in a port of 1–65535"));

  return Endpoint{*address, *port};
}

}  // namespace vmodem::net
