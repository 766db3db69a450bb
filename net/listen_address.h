// Where a program of this machine listens: a socket with a name, or a port of loopback.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/base/expected.h"
#include "net/endpoint.h"

namespace vmodem::net {

struct UnixAddress {
  // unix(7): sun_path has room for 107; the rest is for a name beside it.
  static constexpr std::size_t kPathSizeMax = 98;

  std::string path;

  friend bool operator==(const UnixAddress&, const UnixAddress&) = default;
};

// Port 0: any that is free.
using ListenAddress = std::variant<UnixAddress, Endpoint>;

// "unix:PATH", or "tcp://HOST:PORT" of loopback; HOST may be "localhost".
[[nodiscard]] Expected<ListenAddress, SyntaxError> parse_listen_address(std::string_view text);
[[nodiscard]] std::string to_string(const ListenAddress& address);
// What parse_listen_address() takes.
[[nodiscard]] std::string allowed_listen_addresses();

// Where a modem listens for its host.
struct HostPortAddress {
  ListenAddress address;
  bool is_rfc2217 = false;  // octets and circuits by RFC 2217; otherwise octets alone

  friend bool operator==(const HostPortAddress&, const HostPortAddress&) = default;
};

// The same, and "rfc2217://HOST:PORT" of loopback.
[[nodiscard]] Expected<HostPortAddress, SyntaxError> parse_host_port_address(std::string_view text);
[[nodiscard]] std::string to_string(const HostPortAddress& address);
[[nodiscard]] std::string allowed_host_port_addresses();

}  // namespace vmodem::net
