#include "net/sockets/echo_socket.h"

#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <span>
#include <vector>

#include "firmware/base/bytes.h"
#include "net/sockets/socket_address.h"

namespace vmodem::net {
namespace {

// Type, code, checksum, identifier, sequence number; the mark comes first in the data.
constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kMarkSize = 4;
constexpr std::size_t kMessageSizeMax = 2048;

struct MessageTypes {
  std::uint8_t request;
  std::uint8_t reply;
};
constexpr MessageTypes kV4{8, 0};      // RFC 792
constexpr MessageTypes kV6{128, 129};  // RFC 4443 §4.1, §4.2

// RFC 1071 §1.
std::uint16_t checksum(ByteView message) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    sum += static_cast<std::uint32_t>(message[i]) << (i % 2 == 0 ? 8 : 0);
  }
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void put_mark(std::span<std::uint8_t> place, std::uint32_t mark) {
  for (std::size_t i = 0; i < kMarkSize; ++i) {
    place[i] = static_cast<std::uint8_t>(mark >> (24 - 8 * i));
  }
}

std::uint32_t read_mark(ByteView place) {
  std::uint32_t mark = 0;
  for (const auto octet : place.first(kMarkSize)) mark = mark << 8 | octet;
  return mark;
}

int ttl_of(msghdr& message) {
  for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    const bool is_ttl = part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_TTL;
    const bool is_limit = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_HOPLIMIT;
    if (!is_ttl && !is_limit) continue;
    int ttl = 0;
    std::memcpy(&ttl, CMSG_DATA(part), sizeof ttl);
    return ttl;
  }
  return 0;
}

}  // namespace

Expected<EchoSocket, std::error_code> EchoSocket::open(const IpAddress& host) {
  const bool is_v4 = host.is_v4();
  const int family = is_v4 ? AF_INET : AF_INET6;
  const int protocol = is_v4 ? static_cast<int>(IPPROTO_ICMP) : static_cast<int>(IPPROTO_ICMPV6);
  constexpr int kFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
  bool is_raw = false;
  UniqueFd fd(::socket(family, SOCK_DGRAM | kFlags, protocol));
  if (!fd.is_open()) {
    is_raw = true;
    fd.reset(::socket(family, SOCK_RAW | kFlags, protocol));
  }
  if (!fd.is_open()) return unexpected(last_error());

  const int on = 1;
  const int level = is_v4 ? static_cast<int>(IPPROTO_IP) : static_cast<int>(IPPROTO_IPV6);
  const int option = is_v4 ? IP_RECVTTL : IPV6_RECVHOPLIMIT;
  if (::setsockopt(fd.get(), level, option, &on, sizeof on) != 0) return unexpected(last_error());
  const auto address = to_socket_address({host, 0});
  if (::connect(fd.get(), address.get(), address.size) != 0) return unexpected(last_error());
  return EchoSocket(std::move(fd), is_v4, is_raw);
}

std::error_code EchoSocket::send(std::uint32_t mark, std::size_t size) {
  mark_ = mark;
  std::vector<std::uint8_t> message(kHeaderSize + std::max(size, kMarkSize));
  message[0] = is_v4_ ? kV4.request : kV6.request;
  message[7] = 1;
  put_mark(std::span(message).subspan(kHeaderSize), mark);
  // The kernel knows the pseudo-header that ICMPv6 sums up (RFC 3542 §3.1).
  if (is_v4_) {
    const auto sum = checksum(message);
    message[2] = static_cast<std::uint8_t>(sum >> 8);
    message[3] = static_cast<std::uint8_t>(sum & 0xFF);
  }
  const auto sent = ::send(fd_.get(), message.data(), message.size(), MSG_NOSIGNAL);
  return sent < 0 ? last_error() : std::error_code{};
}

Expected<std::optional<EchoReply>, std::error_code> EchoSocket::receive() {
  std::array<std::uint8_t, kMessageSizeMax> buffer{};
  alignas(cmsghdr) std::array<std::uint8_t, 64> control{};
  iovec part{buffer.data(), buffer.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const auto size = ::recvmsg(fd_.get(), &header, 0);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  if (size < 0) return unexpected(last_error());

  auto message = ByteView(buffer).first(static_cast<std::size_t>(size));
  // raw(7): an IPv4 raw socket reads the IP header too.
  if (is_raw_ && is_v4_) {
    const std::size_t ip_size = message.empty() ? 0 : (message[0] & 0xFU) * 4;
    message = message.subspan(std::min(ip_size, message.size()));
  }
  const bool is_answer = message.size() >= kHeaderSize + kMarkSize &&
                         message[0] == (is_v4_ ? kV4.reply : kV6.reply) &&
                         read_mark(message.subspan(kHeaderSize)) == mark_;
  if (!is_answer) return std::nullopt;
  return EchoReply{ttl_of(header)};
}

}  // namespace vmodem::net
