#include "net/listen_address.h"

#include <cstdint>
#include <optional>

#include "firmware/base/number.h"

namespace vmodem::net {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kRfc2217 = "rfc2217://";

SyntaxError wrong(std::string what) {
  return {std::move(what), allowed_listen_addresses()};
}

Expected<ListenAddress, SyntaxError> parse_path(std::string_view path) {
  if (path.empty()) return unexpected(wrong("the path is empty"));
  if (path.size() > UnixAddress::kPathSizeMax) {
    return unexpected(
        wrong("the path is longer than " + std::to_string(UnixAddress::kPathSizeMax) + " octets"));
  }
  if (path.find('\0') != std::string_view::npos) {
    return unexpected(wrong("the path has a zero octet"));
  }
  return UnixAddress{std::string(path)};
}

std::optional<IpAddress> parse_host(std::string_view text) {
  if (text == "localhost") return IpAddress::v4({127, 0, 0, 1});
  const bool is_bracketed = text.starts_with('[') && text.ends_with(']') && text.size() > 2;
  if (is_bracketed) text = text.substr(1, text.size() - 2);
  const auto address = parse_ip_address(text);
  // RFC 3986 §3.2.2: an IPv6 address stands in brackets, and no other does.
  if (!address || address->is_v4() == is_bracketed) return std::nullopt;
  return address;
}

Expected<ListenAddress, SyntaxError> parse_tcp(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto port =
      colon == std::string_view::npos ? std::nullopt : parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return unexpected(wrong("no port of 0–65535 behind the host"));
  const auto address = parse_host(text.substr(0, colon));
  if (!address) return unexpected(wrong("the host is no address"));
  if (!address->is_loopback()) return unexpected(wrong("the host is not of loopback"));
  return Endpoint{*address, *port};
}

}  // namespace

Expected<ListenAddress, SyntaxError> parse_listen_address(std::string_view text) {
  if (text.starts_with(kUnix)) return parse_path(text.substr(kUnix.size()));
  if (text.starts_with(kTcp)) return parse_tcp(text.substr(kTcp.size()));
  return unexpected(wrong("neither unix: nor tcp://"));
}

std::string to_string(const ListenAddress& address) {
  if (const auto* local = std::get_if<UnixAddress>(&address)) {
    return std::string(kUnix) + local->path;
  }
  return std::string(kTcp) + to_string(std::get<Endpoint>(address));
}

std::string allowed_listen_addresses() {
  return "unix:PATH, or tcp://HOST:PORT of loopback as tcp://127.0.0.1:0";
}

Expected<HostPortAddress, SyntaxError> parse_host_port_address(std::string_view text) {
  const bool is_rfc2217 = text.starts_with(kRfc2217);
  const bool is_other = text.starts_with(kUnix) || text.starts_with(kTcp);
  if (!is_rfc2217 && !is_other) {
    return unexpected(
        SyntaxError{"neither unix: nor tcp:// nor rfc2217://", allowed_host_port_addresses()});
  }
  const auto address =
      is_rfc2217 ? parse_tcp(text.substr(kRfc2217.size())) : parse_listen_address(text);
  if (!address) {
    return unexpected(SyntaxError{address.error().wrong, allowed_host_port_addresses()});
  }
  return HostPortAddress{*address, is_rfc2217};
}

std::string to_string(const HostPortAddress& address) {
  const auto* endpoint = std::get_if<Endpoint>(&address.address);
  if (!address.is_rfc2217 || endpoint == nullptr) return to_string(address.address);
  return std::string(kRfc2217) + to_string(*endpoint);
}

std::string allowed_host_port_addresses() {
  return "unix:PATH, or tcp://HOST:PORT or rfc2217://HOST:PORT of loopback as tcp://127.0.0.1:0";
}

}  // namespace vmodem::net
