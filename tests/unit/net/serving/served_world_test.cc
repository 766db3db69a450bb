#include "net/serving/served_world.h"

#include <poll.h>

#include <array>

#include "coap_core/codec.h"
#include "dtls/session.h"
#include "net/sim/description/ready_worlds.h"
#include "net/sim/site/option_numbers.h"
#include "net/sockets/udp_socket.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

constexpr int kDeadlineMs = 20'000;
const Endpoint kAnyPort{IpAddress::v4({127, 0, 0, 1}), 0};

void wait_for(int fd) {
  pollfd ready{fd, POLLIN, 0};
  REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
}

coap::Message get(std::string_view path, coap::MessageId message_id = 1) {
  return {.type = coap::Type::kConfirmable,
          .code = coap::Code::kGet,
          .message_id = message_id,
          .token = coap::Token(std::array<std::uint8_t, 1>{7}),
          .options = {{sim::kUriPath, to_bytes(path)}},
          .payload = {}};
}

// A served coap.sim, and its clock.
class Served {
 public:
  explicit Served(const Endpoint& at = kAnyPort, sim::WorldConfig config = sim::ready_world()) {
    const auto servings = serve_host(config, "coap.sim", at);
    REQUIRE(servings.has_value());
    auto opened = ServedWorld::open(std::move(config), *servings, random_);
    REQUIRE(opened.has_value());
    served_ = std::move(*opened);
  }

  [[nodiscard]] const Endpoint& plain() const { return served_->places().at(0).at; }
  [[nodiscard]] const Endpoint& secured() const { return served_->places().at(1).at; }
  [[nodiscard]] ServedWorld& world() { return *served_; }
  Instant now{};

  // What has been sent to it by now is handled.
  void hear() {
    wait_for(served_->fd());
    served_->handle_readable(now);
  }
  void run_to_next_deadline() {
    const auto due = served_->poll_timeout();
    REQUIRE(due.has_value());
    now = *due;
    served_->handle_timeout(now);
  }

 private:
  SeededRandom random_{1};
  std::unique_ptr<ServedWorld> served_;
};

class Client {
 public:
  explicit Client(const Endpoint& server) : socket_(UdpSocket::connect(server).value()) {}

  void send(ByteView datagram) { REQUIRE_FALSE(socket_.send(datagram).failure); }
  Bytes receive() {
    wait_for(socket_.fd());
    Bytes buffer(kDatagramSizeMax);
    const auto size = socket_.receive(buffer);
    REQUIRE(size.has_value());
    REQUIRE(size->has_value());
    buffer.resize(**size);
    return buffer;
  }
  [[nodiscard]] bool has_datagram() const {
    pollfd ready{socket_.fd(), POLLIN, 0};
    return ::poll(&ready, 1, 0) == 1;
  }

 private:
  UdpSocket socket_;
};

// Copies of the views' octets; the payload of a response.
std::string payload_of(const Bytes& datagram) {
  const auto message = coap::decode(datagram);
  REQUIRE(message.has_value());
  return std::string(as_text(message->payload));
}

}  // namespace

TEST_CASE("A simulated server answers a real client from where it was asked") {
  for (const auto* const address : {"127.0.0.1", "::1"}) {
    INFO(address);
    Served served({parse_ip_address(address).value(), 0});
    Client client(served.plain());
    client.send(coap::encode(get("validate")));
    served.hear();
    CHECK(payload_of(client.receive()) == "First version.");
  }
}

TEST_CASE("Every peer gets its own answer") {
  Served served;
  Client one(served.plain());
  Client two(served.plain());
  one.send(coap::encode(get("validate", 11)));
  two.send(coap::encode(get("test", 22)));
  served.hear();
  CHECK(payload_of(one.receive()) == "First version.");
  CHECK(payload_of(two.receive()).starts_with("Type: 0 (CON)"));
}

TEST_CASE("What is due later goes out when the time is there") {
  Served served;
  Client client(served.plain());
  client.send(coap::encode(get("separate")));
  served.hear();
  const auto acknowledgement = client.receive();
  CHECK(acknowledgement == Bytes{0x60, 0, 0, 1});
  CHECK_FALSE(client.has_datagram());
  CHECK(served.world().poll_timeout() == Instant{} + 2s);
  served.run_to_next_deadline();
  CHECK(payload_of(client.receive()) == "That took two seconds.");
}

TEST_CASE("A verb's notification goes out with flush()") {
  Served served;
  Client client(served.plain());
  auto registration = get("obs");
  registration.options.insert(registration.options.begin(), {coap::kObserve, {}});
  client.send(coap::encode(registration));
  served.hear();
  CHECK(payload_of(client.receive()).starts_with("/obs "));
  const auto& server = served.world().places().front().server;
  CHECK(served.world().world().notify_observers(served.now, server, "obs") == 1);
  served.world().flush();
  CHECK(payload_of(client.receive()).starts_with("/obs "));
}

TEST_CASE("The secured server of the same host answers within DTLS") {
  Served served;
  CHECK(served.world().places().at(1).is_secured);
  Client client(served.secured());
  auto session = dtls::make_client_session(
      {.credential = {"password", dtls::SecretBytes(to_bytes("sesame"))}});
  session->start(served.now);
  std::optional<Bytes> answer;
  for (bool is_asked = false; !answer;) {
    bool is_sent = false;
    while (const auto datagram = session->poll_transmit()) {
      client.send(*datagram);
      is_sent = true;
    }
    while (auto event = session->poll_event()) {
      if (auto* got = std::get_if<dtls::PlaintextReceived>(&*event)) answer = got->plaintext;
    }
    if (session->is_connected() && !is_asked) {
      is_asked = true;
      REQUIRE(session->write(served.now, coap::encode(get("secure"))).has_value());
      continue;
    }
    if (answer) break;
    if (is_sent) served.hear();
    session->handle_datagram(served.now, client.receive());
  }
  CHECK(payload_of(*answer) == "Only within DTLS.");
}

TEST_CASE("What is no message, or none that makes sense, is survived") {
  Served served;
  Client plain(served.plain());
  Client secured(served.secured());
  const Bytes all_ones(1500, 0xFF);
  const Bytes hello{22, 0xFE, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1};
  for (auto* client : {&plain, &secured}) {
    for (const auto& octets : {Bytes{}, Bytes{0}, Bytes{0x40, 1}, all_ones, hello}) {
      client->send(octets);
      served.hear();
    }
  }
  Client client(served.plain());
  client.send(coap::encode(get("validate")));
  served.hear();
  CHECK(payload_of(client.receive()) == "First version.");
}

TEST_CASE("More peers than there is room for do not make the server grow") {
  auto config = sim::ready_world();
  for (auto& server : config.servers) {
    server.limits.sessions_max = 4;
    server.limits.observers_max = 4;
  }
  Served served(kAnyPort, std::move(config));
  auto registration = get("obs");
  registration.options.insert(registration.options.begin(), {coap::kObserve, {}});
  for (int i = 0; i < 20; ++i) {
    Client plain(served.plain());
    plain.send(coap::encode(registration));
    served.hear();
    Client secured(served.secured());
    auto session = dtls::make_client_session(
        {.credential = {"password", dtls::SecretBytes(to_bytes("sesame"))}});
    session->start(served.now);
    secured.send(session->poll_transmit().value());
    served.hear();
  }
  const auto view = served.world().world().server(served.now, served.world().places()[0].server);
  std::size_t observer_count = 0;
  for (const auto& resource : view->resources) observer_count += resource.observer_count;
  CHECK(observer_count == 4);
  CHECK(served.world().world().count(sim::WorldEventKind::kOverflow) == 16 + 16);
}

TEST_CASE("A flood leaves its driver time for other things") {
  Served served;
  Client client(served.plain());
  for (int i = 0; i < 200; ++i) {
    client.send(coap::encode(get("validate", static_cast<coap::MessageId>(i))));
  }
  served.hear();
  CHECK(served.world().world().count(sim::WorldEventKind::kRequest) == 64);
  served.hear();
  CHECK(served.world().world().count(sim::WorldEventKind::kRequest) == 128);
}

TEST_CASE("A port that is taken and a server that is served twice are refused") {
  Served served;
  SeededRandom random(1);
  const auto world = sim::ready_world();
  const auto server = served.world().places().front().server;
  const auto taken = ServedWorld::open(world, {{server, served.plain()}}, random);
  REQUIRE_FALSE(taken.has_value());
  CHECK(taken.error() ==
        "cannot serve at " + to_string(served.plain()) + ": Address already in use");
  const auto twice = ServedWorld::open(world, {{server, kAnyPort}, {server, kAnyPort}}, random);
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error() == "the server 198.51.100.7:5683 is served already");
}
