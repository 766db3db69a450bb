#include "net/capture/udp_packet.h"

#include <algorithm>

namespace vmodem::capture {
namespace {

constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kHopLimit = 64;
constexpr std::size_t kIpv4HeaderSize = 20;
constexpr std::size_t kIpv4ChecksumOffset = 10;
constexpr std::size_t kUdpHeaderSize = 8;
constexpr std::size_t kUdpChecksumOffset = 6;
constexpr std::size_t kMappedPrefixSize = 12;  // RFC 4291 §2.5.5.2

void append_u16(Bytes& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8 & 0xFF));
  out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void append_all(Bytes& out, ByteView octets) {
  out.insert(out.end(), octets.begin(), octets.end());
}

// RFC 1071: the ones' complement sum of 16-bit words.
std::uint64_t sum_of(ByteView octets) {
  std::uint64_t sum = 0;
  std::size_t i = 0;
  for (; i + 1 < octets.size(); i += 2) {
    sum += static_cast<std::uint64_t>(octets[i]) << 8 | octets[i + 1];
  }
  if (i < octets.size()) sum += static_cast<std::uint64_t>(octets[i]) << 8;
  return sum;
}

std::uint16_t checksum(std::uint64_t sum) {
  while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum & 0xFFFF);
}

void put_u16(Bytes& out, std::size_t offset, std::uint16_t value) {
  out[offset] = static_cast<std::uint8_t>(value >> 8);
  out[offset + 1] = static_cast<std::uint8_t>(value & 0xFF);
}

ByteView octets_of(const net::IpAddress& address, bool is_v4) {
  const ByteView all(address.octets());
  return is_v4 ? all.subspan(kMappedPrefixSize) : all;
}

void append_ipv4_header(Bytes& out, ByteView from, ByteView to, std::size_t udp_size) {
  const auto begin = out.size();
  append_u16(out, 0x4500);
  append_u16(out, kIpv4HeaderSize + udp_size);
  append_u16(out, 0);
  append_u16(out, 0x4000);  // not to be fragmented, so that no identification is needed (RFC 6864)
  out.push_back(kHopLimit);
  out.push_back(kUdp);
  append_u16(out, 0);
  append_all(out, from);
  append_all(out, to);
  put_u16(out, begin + kIpv4ChecksumOffset,
          checksum(sum_of(ByteView(out).subspan(begin, kIpv4HeaderSize))));
}

void append_ipv6_header(Bytes& out, ByteView from, ByteView to, std::size_t udp_size) {
  append_u16(out, 0x6000);
  append_u16(out, 0);
  append_u16(out, udp_size);
  out.push_back(kUdp);
  out.push_back(kHopLimit);
  append_all(out, from);
  append_all(out, to);
}

}  // namespace

void append_udp_packet(Bytes& out, const net::Endpoint& from, const net::Endpoint& to,
                       ByteView datagram) {
  const auto kept = datagram.first(std::min(datagram.size(), kDatagramSizeMax));
  const bool is_v4 = from.address.is_v4() && to.address.is_v4();
  const auto source = octets_of(from.address, is_v4);
  const auto destination = octets_of(to.address, is_v4);
  const auto udp_size = kUdpHeaderSize + kept.size();
  if (is_v4) {
    append_ipv4_header(out, source, destination, udp_size);
  } else {
    append_ipv6_header(out, source, destination, udp_size);
  }
  const auto begin = out.size();
  append_u16(out, from.port);
  append_u16(out, to.port);
  append_u16(out, udp_size);
  append_u16(out, 0);
  append_all(out, kept);
  // The pseudo header (RFC 768, RFC 8200 §8.1) sums up to the same in either version.
  const auto sum = checksum(sum_of(source) + sum_of(destination) + kUdp + udp_size +
                            sum_of(ByteView(out).subspan(begin)));
  // RFC 768: zero would mean that there is none.
  put_u16(out, begin + kUdpChecksumOffset, sum == 0 ? 0xFFFF : sum);
}

}  // namespace vmodem::capture
