// Handshakes on a wire that loses, doubles, swaps and pollutes; peers that fall silent.
#include "firmware/base/hex.h"
#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

using Instants = std::vector<Duration>;
constexpr std::size_t kDatagramsOfHandshake = 3;  // of each end

// Loses every datagram of one end from the given one on.
WireRule lost_from(End end, std::size_t first) {
  return [=](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
    if (from == end && index >= first) return {};
    return {datagram};
  };
}

void check_talks(Bench& bench) {
  REQUIRE(bench.all<Connected>(End::kClient).size() == 1);
  REQUIRE(bench.all<Connected>(End::kServer).size() == 1);
  bench.write(End::kClient, "up");
  bench.write(End::kServer, "down");
  CHECK(bench.plaintexts(End::kServer) == std::vector<std::string>{"up"});
  CHECK(bench.plaintexts(End::kClient) == std::vector<std::string>{"down"});
}

Failed failure_on(WireRule rule) {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random), std::move(rule));
  bench.connect();
  CHECK(bench.now() == Instant{63s});
  return only_failure(bench.events(End::kClient));
}

}  // namespace

TEST_CASE("a silent peer is asked at 0, 1, 3, 7, 15 and 31 s and given up at 63 s") {
  SeededRandom random(1);
  Alone alone{.session = make_client_session(client_config(random))};
  alone.run();
  CHECK(alone.sent_at == Instants{0s, 1s, 3s, 7s, 15s, 31s});
  CHECK(alone.ended_at == 63s);
  const auto failed = only_failure(alone.events);
  CHECK(failed.reason == FailureReason::kNoAnswer);
  CHECK_FALSE(failed.alert);
  CHECK_FALSE(failed.after_handshake);
}

TEST_CASE("a late call serves every deadline that has passed, each from the one before it") {
  SeededRandom random(1);
  const auto session = make_client_session(client_config(random));
  session->start(Instant{});
  REQUIRE(session->poll_transmit());
  session->handle_timeout(Instant{8s});
  for (int i = 0; i < 3; ++i) CHECK(session->poll_transmit());
  CHECK_FALSE(session->poll_transmit());
  CHECK(session->poll_timeout() == Instant{15s});
}

TEST_CASE("a call before the deadline changes nothing") {
  SeededRandom random(1);
  const auto session = make_client_session(client_config(random));
  session->start(Instant{});
  REQUIRE(session->poll_transmit());
  session->handle_timeout(Instant{999ms});
  CHECK_FALSE(session->poll_transmit());
  CHECK(session->poll_timeout() == Instant{1s});
}

TEST_CASE("a negotiation time shorter than the ladder ends the handshake there") {
  SeededRandom random(1);
  auto config = client_config(random);
  config.negotiation_time = 10s;
  Alone alone{.session = make_client_session(std::move(config))};
  alone.run();
  CHECK(alone.sent_at == Instants{0s, 1s, 3s, 7s});
  CHECK(alone.ended_at == 10s);
  CHECK(only_failure(alone.events).reason == FailureReason::kNoAnswer);
}

TEST_CASE("at the negotiation time's very instant nothing is sent any more") {
  SeededRandom random(1);
  auto config = client_config(random);
  config.negotiation_time = 3s;
  Alone alone{.session = make_client_session(std::move(config))};
  alone.run();
  CHECK(alone.sent_at == Instants{0s, 1s});
  CHECK(alone.ended_at == 3s);
}

TEST_CASE("a negotiation time longer than the ladder changes nothing") {
  SeededRandom random(1);
  auto config = client_config(random);
  config.negotiation_time = 64s;
  Alone alone{.session = make_client_session(std::move(config))};
  alone.run();
  CHECK(alone.ended_at == 63s);
}

TEST_CASE("the negotiation time is over once the session is connected") {
  SeededRandom random(1);
  auto config = client_config(random);
  config.negotiation_time = 10s;
  Bench bench(std::move(config), server_config(random));
  bench.connect();
  bench.session(End::kClient).handle_timeout(Instant{20s});
  CHECK(bench.session(End::kClient).is_connected());
}

TEST_CASE("the retransmission ladder follows the configuration") {
  SeededRandom random(1);
  auto config = client_config(random);
  config.retransmission_min = 500ms;
  config.retransmission_max = 2s;
  Alone alone{.session = make_client_session(std::move(config))};
  alone.run();
  CHECK(alone.sent_at == Instants{0ms, 500ms, 1500ms});
  CHECK(alone.ended_at == 3500ms);
}

TEST_CASE("a server waits for its first ClientHello without any deadline") {
  SeededRandom random(1);
  Alone alone{.session = make_server_session(server_config(random), as_bytes("peer"))};
  alone.run();
  CHECK(alone.events.empty());
  CHECK(alone.sent_at.empty());
}

// TD_COAP_DTLS_03
TEST_CASE("a handshake connects although any one of its datagrams is lost once") {
  const auto loser = GENERATE(End::kClient, End::kServer);
  const auto lost = GENERATE(range(std::size_t{0}, kDatagramsOfHandshake));
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random),
              [=](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
                if (from == loser && index == lost) return {};
                return {datagram};
              });
  bench.connect();
  INFO("datagram " << lost << " of " << (loser == End::kClient ? "the client" : "the server"));
  CHECK(bench.now() == Instant{1s});
  check_talks(bench);
}

TEST_CASE("a handshake connects although the first three ClientHellos are lost") {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random),
              [](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
                if (from == End::kClient && index < 3) return {};
                return {datagram};
              });
  bench.connect();
  CHECK(bench.now() == Instant{7s});
  check_talks(bench);
}

TEST_CASE("a handshake connects although every datagram arrives twice") {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random),
              [](End, std::size_t, const Bytes& datagram) { return std::vector(2, datagram); });
  bench.connect();
  REQUIRE(bench.session(End::kClient).is_connected());
  REQUIRE(bench.session(End::kServer).is_connected());
  bench.write(End::kClient, "up");
  CHECK(bench.plaintexts(End::kServer) == std::vector<std::string>{"up"});
}

TEST_CASE("a handshake connects although neighbouring datagrams of its flights change places") {
  SeededRandom random(1);
  auto client = client_config(random);
  auto server = server_config(random);
  // Small enough for flights of two datagrams, and a whole ClientHello: servers take no part of
  // one.
  client.credential = credential(std::string(150, 'i'));
  server.credentials.push_back(client.credential);
  client.mtu = 200;
  server.mtu = 100;
  std::array<std::optional<Bytes>, 2> held;
  bool is_swapping = true;
  Bench bench(std::move(client), std::move(server),
              [&](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
                auto& waiting = held[static_cast<std::size_t>(from)];
                if (!is_swapping || index == 0) return {datagram};
                if (!waiting) {
                  waiting = datagram;
                  return {};
                }
                return {datagram, std::exchange(waiting, std::nullopt).value()};
              });
  bench.connect();
  is_swapping = false;
  check_talks(bench);
}

TEST_CASE("a peer that only ever sends HelloVerifyRequest is named as such") {
  const auto failed = failure_on(lost_from(End::kServer, 1));
  CHECK(failed.reason == FailureReason::kOnlyHelloVerify);
}

TEST_CASE("a peer that is silent after our Finished is named as such") {
  const auto failed = failure_on(lost_from(End::kServer, 2));
  CHECK(failed.reason == FailureReason::kSilentAfterFinished);
}

TEST_CASE("a peer that is silent after half of its flight has stalled") {
  SeededRandom random(1);
  auto server = server_config(random);
  server.mtu = 100;
  Bench bench(client_config(random), std::move(server), lost_from(End::kServer, 2));
  bench.connect();
  CHECK(only_failure(bench.events(End::kClient)).reason == FailureReason::kStalled);
}

TEST_CASE("a server whose client falls silent gives up as stalled") {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random), lost_from(End::kClient, 2));
  bench.connect();
  CHECK(only_failure(bench.events(End::kServer)).reason == FailureReason::kStalled);
}

TEST_CASE("a plain CoAP peer that answers with RST is no DTLS peer") {
  SeededRandom random(1);
  Alone alone{.session = make_client_session(client_config(random))};
  alone.run([](const Bytes&) { return std::vector<Bytes>{{0x70, 0x00, 0xFE, 0xFD}}; });
  CHECK(alone.sent_at == Instants{0s, 1s, 3s, 7s, 15s, 31s});
  CHECK(alone.ended_at == 63s);
  CHECK(only_failure(alone.events).reason == FailureReason::kNotDtls);
}

TEST_CASE("rubbish before, between and behind the datagrams does not harm the handshake") {
  const std::vector<Bytes> rubbish = {
      {},
      {0x70, 0x00, 0x12, 0x34},                                         // a CoAP RST
      to_bytes("GET / HTTP/1.1\r\n\r\n"),                               // no record at all
      {0x16, 0xFE, 0xFD, 0x00},                                         // half a header
      {0x16, 0x03, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0},              // TLS's version
      {0x16, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0xFF, 0xFF, 1, 2, 3},  // longer than it is
      {0x63, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 1},              // an unknown type
      {0x17, 0xFE, 0xFD, 0, 7, 0, 0, 0, 0, 0, 9, 0, 3, 1, 2, 3},        // a foreign epoch
      Bytes(20000, 0x16),
  };
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random),
              [&](End, std::size_t, const Bytes& datagram) {
                auto arriving = rubbish;
                arriving.push_back(datagram);
                arriving.insert(arriving.end(), rubbish.begin(), rubbish.end());
                return arriving;
              });
  bench.connect();
  CHECK(bench.now() == Instant{});
  check_talks(bench);
}

TEST_CASE("a datagram that comes before the start is ignored") {
  SeededRandom random(1);
  const auto session = make_server_session(server_config(random), as_bytes("peer"));
  session->handle_datagram(Instant{}, as_bytes("early"));
  CHECK_FALSE(session->poll_transmit());
  CHECK_FALSE(session->poll_event());
}
