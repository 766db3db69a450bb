// The spelling of a server's address on the command line.
#pragma once

#include <string_view>

namespace vmodem::firmware {

// An IPv4 or IPv6 literal, without brackets.
[[nodiscard]] bool is_ip_literal(std::string_view host);
// A literal, or a name in the letters, digits, hyphens and underscores that resolvers are asked
// for: labels of 1–63, 255 in all, a final dot allowed (RFC 1123 §2.1). Four numbers that are no
// IPv4 address are no name either.
[[nodiscard]] bool is_host(std::string_view host);

// What a CoAP server can be called: an address of one host, so no unspecified, broadcast or group
// address (RFC 7252 §8.1), or a name of RFC 1123, without underscores (qcoap.md §3).
[[nodiscard]] bool is_server(std::string_view host);

}  // namespace vmodem::firmware
