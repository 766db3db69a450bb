#include "net/sockets/udp_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

constexpr int kDeadlineMs = 20'000;

// A peer on loopback that the test itself reads and answers for.
class Peer {
 public:
  explicit Peer(int family, std::uint16_t port = 0) : fd_(::socket(family, SOCK_DGRAM, 0)) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (family == AF_INET) {
      sockaddr_in v4{};
      v4.sin_family = AF_INET;
      v4.sin_port = htons(port);
      v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      std::memcpy(&storage, &v4, sizeof v4);
      size = sizeof v4;
    } else {
      sockaddr_in6 v6{};
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(port);
      v6.sin6_addr = in6addr_loopback;
      std::memcpy(&storage, &v6, sizeof v6);
      size = sizeof v6;
    }
    auto* address = reinterpret_cast<sockaddr*>(&storage);
    REQUIRE(::bind(fd_.get(), address, size) == 0);
    REQUIRE(::getsockname(fd_.get(), address, &size) == 0);
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);  // both families keep the port in the same place
    const auto ip = parse_ip_address(family == AF_INET ? "127.0.0.1" : "::1");
    endpoint_ = {*ip, ntohs(v4.sin_port)};
  }

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

  Bytes receive() {
    Bytes buffer(kDatagramSizeMax);
    pollfd ready{fd_.get(), POLLIN, 0};
    REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
    sender_size_ = sizeof sender_;
    const auto size = ::recvfrom(fd_.get(), buffer.data(), buffer.size(), 0,
                                 reinterpret_cast<sockaddr*>(&sender_), &sender_size_);
    REQUIRE(size >= 0);
    buffer.resize(static_cast<std::size_t>(size));
    return buffer;
  }
  void answer(ByteView datagram) {
    REQUIRE(::sendto(fd_.get(), datagram.data(), datagram.size(), 0,
                     reinterpret_cast<const sockaddr*>(&sender_),
                     sender_size_) == static_cast<ssize_t>(datagram.size()));
  }

 private:
  UniqueFd fd_;
  Endpoint endpoint_;
  sockaddr_storage sender_{};
  socklen_t sender_size_ = 0;
};

void wait_readable(const UdpSocket& socket) {
  pollfd ready{socket.fd(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
}

// The size of the datagram now in `buffer`; nothing where none waits.
std::optional<std::size_t> received_size(UdpSocket& socket, Bytes& buffer) {
  const auto size = socket.receive(buffer);
  REQUIRE(size);
  return *size;
}

Endpoint dead_endpoint() {
  return Peer(AF_INET).endpoint();
}

}  // namespace

TEST_CASE("datagrams go out and come back over IPv4 and IPv6") {
  Peer peer(GENERATE(AF_INET, AF_INET6));
  auto socket = UdpSocket::connect(peer.endpoint());
  REQUIRE(socket);
  const auto report = socket->send(as_bytes("ping"));
  CHECK_FALSE(report.failure);
  CHECK_FALSE(report.pending);
  CHECK(as_text(peer.receive()) == "ping");

  peer.answer(as_bytes("pong"));
  wait_readable(*socket);
  Bytes buffer(kDatagramSizeMax);
  REQUIRE(received_size(*socket, buffer) == 4U);
  CHECK(as_text(ByteView(buffer).first(4)) == "pong");
}

TEST_CASE("an empty datagram is a datagram and an empty queue is none") {
  Peer peer(AF_INET);
  auto socket = UdpSocket::connect(peer.endpoint());
  REQUIRE(socket);
  Bytes buffer(kDatagramSizeMax);
  CHECK_FALSE(received_size(*socket, buffer));

  CHECK_FALSE(socket->send({}).failure);
  CHECK(peer.receive().empty());
  peer.answer({});
  wait_readable(*socket);
  CHECK(received_size(*socket, buffer) == 0U);
}

TEST_CASE("the largest datagram that UDP carries passes whole in both directions") {
  constexpr std::size_t kPayloadMax = kDatagramSizeMax - 20 - 8;  // IPv4 and UDP headers
  Peer peer(AF_INET);
  auto socket = UdpSocket::connect(peer.endpoint());
  REQUIRE(socket);
  Bytes datagram(kPayloadMax, 0xA5);
  datagram.back() = 0x5A;
  CHECK_FALSE(socket->send(datagram).failure);
  CHECK(peer.receive() == datagram);

  peer.answer(datagram);
  wait_readable(*socket);
  Bytes buffer(kDatagramSizeMax);
  CHECK(received_size(*socket, buffer) == kPayloadMax);

  datagram.push_back(0);
  CHECK(socket->send(datagram).failure == std::errc::message_size);
}

TEST_CASE("an ICMP error that surfaces at a send costs one repeat and no datagram") {
  const auto endpoint = dead_endpoint();
  auto socket = UdpSocket::connect(endpoint);
  REQUIRE(socket);
  CHECK_FALSE(socket->send(as_bytes("into the void")).failure);
  wait_readable(*socket);  // the ICMP error is there and nothing has read it

  Peer revived(AF_INET, endpoint.port);
  const auto report = socket->send(as_bytes("again"));
  CHECK(report.pending == std::errc::connection_refused);
  CHECK_FALSE(report.failure);
  CHECK(as_text(revived.receive()) == "again");
}

TEST_CASE("an ICMP error that surfaces at a receive is told apart from a datagram and from none") {
  auto socket = UdpSocket::connect(dead_endpoint());
  REQUIRE(socket);
  CHECK_FALSE(socket->send(as_bytes("into the void")).failure);
  wait_readable(*socket);
  Bytes buffer(kDatagramSizeMax);
  const auto first = socket->receive(buffer);
  REQUIRE_FALSE(first);
  CHECK(first.error() == std::errc::connection_refused);
  CHECK_FALSE(received_size(*socket, buffer));
}

TEST_CASE("each socket has a local port of its own") {
  Peer peer(AF_INET);
  auto first = UdpSocket::connect(peer.endpoint());
  auto second = UdpSocket::connect(peer.endpoint());
  REQUIRE((first && second));
  CHECK_FALSE(first->send(as_bytes("1")).failure);
  CHECK_FALSE(second->send(as_bytes("2")).failure);
  peer.receive();
  peer.receive();
  peer.answer(as_bytes("for the second"));
  wait_readable(*second);
  Bytes buffer(kDatagramSizeMax);
  CHECK_FALSE(received_size(*first, buffer));
}

TEST_CASE("a socket has the local port that is asked for, unless somebody else has it") {
  Peer peer(AF_INET);
  std::uint16_t port = 0;
  {
    const auto first = UdpSocket::connect(peer.endpoint());
    REQUIRE(first);
    port = first->local_port().value();
    CHECK(port != 0);
    CHECK_FALSE(UdpSocket::connect(peer.endpoint(), port));
  }
  const auto second = UdpSocket::connect(peer.endpoint(), port);
  REQUIRE(second);
  CHECK(second->local_port().value() == port);
}
