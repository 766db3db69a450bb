#include "firmware/app/world/sockets.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <condition_variable>
#include <cstring>
#include <mutex>

#include "net/sockets/unique_fd.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;
using firmware::TransportId;

namespace {

constexpr Instant kNow{};
constexpr TransportId kTransport{1};

net::LookupResult addresses(std::initializer_list<const char*> texts) {
  std::vector<net::IpAddress> list;
  for (const auto* text : texts) list.push_back(*net::parse_ip_address(text));
  return list;
}

// A network whose resolver knows one result for every name.
struct Fixture {
  Poller poller;
  Log log = Log::open(LogLevel::kOff, "").value();
  SocketNetwork network;

  Fixture(net::NetworkMode mode, const net::LookupResult& result)
      : network(
            poller, {mode, {}}, [result](const std::string&) { return result; }, log) {}

  firmware::NetworkEvent open_and_wait(const std::string& host) {
    network.open(kNow, {kTransport, host, 5683});
    for (;;) {
      if (auto event = network.poll_event()) return *event;
      const auto batch = poller.wait(20s);
      REQUIRE_FALSE(batch.empty());
      for (const auto& ready : batch) network.handle_ready(kNow, ready.tag);
    }
  }
};

void check_failed_with(const firmware::NetworkEvent& event, firmware::TransportError error,
                       const std::string& why) {
  const auto* failed = std::get_if<firmware::OpenFailed>(&event);
  REQUIRE(failed != nullptr);
  CHECK(failed->transport == kTransport);
  CHECK(failed->error == error);
  CHECK(failed->why.find(why) != std::string::npos);
}

// A server on loopback that looks at who sends.
class Server {
 public:
  Server() : fd_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  std::uint16_t receive_from() {
    char octet = 0;
    sockaddr_in sender{};
    socklen_t size = sizeof sender;
    REQUIRE(::recvfrom(fd_.get(), &octet, 1, 0, reinterpret_cast<sockaddr*>(&sender), &size) >= 0);
    return ntohs(sender.sin_port);
  }

 private:
  net::UniqueFd fd_;
  std::uint16_t port_ = 0;
};

}  // namespace

TEST_CASE("transports of one number send from one port, one after the other") {
  Fixture fixture(net::NetworkMode::kLoopback, addresses({}));
  Server server;
  const auto port_of = [&](TransportId id, std::optional<std::uint8_t> number) {
    fixture.network.open(kNow, {id, "127.0.0.1", server.port(), number});
    fixture.network.send(kNow, {id, to_bytes("x")});
    return server.receive_from();
  };
  const auto kept = port_of(TransportId{1}, 4);
  fixture.network.close({TransportId{1}});
  CHECK(port_of(TransportId{2}, 4) == kept);
  // It is in use: another one has to do.
  CHECK(port_of(TransportId{3}, 4) != kept);
  CHECK(port_of(TransportId{4}, std::nullopt) != kept);
}

TEST_CASE("a name that leads to loopback is opened") {
  Fixture fixture(net::NetworkMode::kLoopback, addresses({"127.0.0.1"}));
  const auto event = fixture.open_and_wait("here.example");
  REQUIRE(std::holds_alternative<firmware::Opened>(event));
  CHECK(std::get<firmware::Opened>(event).transport == kTransport);
}

TEST_CASE("the first address of a name that is allowed is taken") {
  Fixture fixture(net::NetworkMode::kLoopback,
                  addresses({"192.0.2.1", "2001:db8::1", "127.0.0.1"}));
  CHECK(std::holds_alternative<firmware::Opened>(fixture.open_and_wait("mixed.example")));
}

TEST_CASE("a name that leads beyond loopback is unreachable") {
  Fixture fixture(net::NetworkMode::kLoopback, addresses({"192.0.2.1"}));
  check_failed_with(fixture.open_and_wait("far.example"), firmware::TransportError::kUnreachable,
                    "192.0.2.1:5683 is beyond loopback");
}

TEST_CASE("a name that leads to a group is unreachable") {
  const auto* address = GENERATE("224.0.1.187", "ff02::fd", "0.0.0.0");
  CAPTURE(address);
  Fixture fixture(net::NetworkMode::kHost, addresses({address}));
  check_failed_with(fixture.open_and_wait("group.example"), firmware::TransportError::kUnreachable,
                    "no one host");
}

TEST_CASE("a name without an address is unreachable") {
  Fixture fixture(net::NetworkMode::kHost, addresses({}));
  check_failed_with(fixture.open_and_wait("empty.example"), firmware::TransportError::kUnreachable,
                    "the name has no address");
}

TEST_CASE("a name that does not resolve says why") {
  Fixture fixture(net::NetworkMode::kHost, unexpected(std::string("nobody knows it")));
  check_failed_with(fixture.open_and_wait("lost.example"),
                    firmware::TransportError::kNameNotResolved, "nobody knows it");
}

TEST_CASE("nothing comes of an open that is closed, before or after its look-up is answered") {
  Fixture fixture(net::NetworkMode::kLoopback, addresses({"127.0.0.1"}));
  const bool is_answered_first = GENERATE(true, false);
  fixture.network.open(kNow, {kTransport, "closed.example", 5683});
  if (!is_answered_first) fixture.network.close({kTransport});
  // The cancelled answer wakes the poller too; it is dropped there.
  for (const auto& ready : fixture.poller.wait(20s)) fixture.network.handle_ready(kNow, ready.tag);
  if (is_answered_first) fixture.network.close({kTransport});
  CHECK_FALSE(fixture.network.poll_event());
}
