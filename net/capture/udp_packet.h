// A datagram as it would stand on the wire, for an interface of LinkType::kRaw.
#pragma once

#include <cstddef>

#include "firmware/base/bytes.h"
#include "net/endpoint.h"

namespace vmodem::capture {

// What one IPv4 packet holds (RFC 791 §3.1, RFC 768).
inline constexpr std::size_t kDatagramSizeMax = 65507;

// Appends an IPv4 header (RFC 791), or an IPv6 one (RFC 8200) where one of the two is no IPv4
// address, a UDP header and the datagram, with right checksums. What is longer than
// kDatagramSizeMax is cut.
void append_udp_packet(Bytes& out, const net::Endpoint& from, const net::Endpoint& to,
                       ByteView datagram);

}  // namespace vmodem::capture
