// IP addresses, and addresses with a port, as values and as text.
//
// In:  texts of addresses, routes, datagrams.
// Out: values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"

namespace vmodem::net {

// Text from a person that cannot be read: what is wrong, and what would be right.
struct SyntaxError {
  std::string wrong;
  std::string right;
};

// IPv4 is kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so both spellings of one address are equal.
class IpAddress {
 public:
  using Octets = std::array<std::uint8_t, 16>;

  IpAddress() = default;  // the unspecified address, ::
  explicit IpAddress(const Octets& octets) : octets_(octets) {}
  [[nodiscard]] static IpAddress v4(std::array<std::uint8_t, 4> octets);

  [[nodiscard]] const Octets& octets() const { return octets_; }
  [[nodiscard]] bool is_v4() const;
  // 127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1 (RFC 4291 §2.5.3).
  [[nodiscard]] bool is_loopback() const;
  // Neither unspecified, nor broadcast, nor of a group (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2, §2.7).
  [[nodiscard]] bool is_one_host() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  Octets octets_{};
};

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

// "127.0.0.1" and "::1".
[[nodiscard]] std::string to_string(const IpAddress& address);
// "127.0.0.1:5683" and "[::1]:5683".
[[nodiscard]] std::string to_string(const Endpoint& endpoint);

// Four decimal numbers, or IPv6 without brackets and zone. Nothing for any other text.
[[nodiscard]] std::optional<IpAddress> parse_ip_address(std::string_view text);
// Decimal, 1–65535.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);
// The text that to_string() gives, any spelling of the address.
[[nodiscard]] Expected<Endpoint, SyntaxError> parse_endpoint(std::string_view text);

}  // namespace vmodem::net
