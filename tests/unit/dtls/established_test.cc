#include "dtls/alert.h"
#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"
#include "tests/unit/dtls/sealed_record.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

constexpr std::uint8_t kTypeChangeCipherSpec = 20;
constexpr std::uint8_t kTypeAlert = 21;
constexpr std::uint8_t kHandshake = 22;
constexpr std::uint8_t kApplicationData = 23;
constexpr std::size_t kRecordSizeMax = 16384;  // RFC 5246 §6.2.1

using Texts = std::vector<std::string>;

Bench connected_bench(RandomSource& random) {
  auto client = client_config(random);
  client.export_keys = true;
  Bench bench(std::move(client), server_config(random));
  bench.connect();
  REQUIRE(bench.session(End::kClient).is_connected());
  REQUIRE(bench.session(End::kServer).is_connected());
  return bench;
}

bool is_still_open(Bench& bench) {
  const auto before = bench.plaintexts(End::kClient).size();
  bench.write(End::kServer, "still open");
  return bench.session(End::kClient).is_connected() &&
         bench.plaintexts(End::kClient).size() == before + 1;
}

}  // namespace

TEST_CASE("application data passes both ways, whatever its size") {
  const auto size = GENERATE(std::size_t{1}, std::size_t{4}, std::size_t{1500}, kRecordSizeMax);
  const auto suite = GENERATE(CipherSuite::kPskAes128Ccm8, CipherSuite::kPskAes128CbcSha256);
  SeededRandom random(1);
  auto client = client_config(random);
  client.suites = {suite};
  Bench bench(std::move(client), server_config(random));
  bench.connect();
  const std::string up(size, 'u');
  const std::string down(size, 'd');
  bench.write(End::kClient, up);
  bench.write(End::kServer, down);
  CHECK(bench.plaintexts(End::kServer) == Texts{up});
  CHECK(bench.plaintexts(End::kClient) == Texts{down});
}

TEST_CASE("one record of CCM_8 is 29 octets larger than its content") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.write(End::kClient, "hello");
  CHECK(bench.sent.back().datagram.size() == 5 + 29);
}

TEST_CASE("a record without content is swallowed and the next one is delivered") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  for (int i = 0; i < 3; ++i) bench.write(End::kClient, "");
  bench.write(End::kClient, "full");
  CHECK(bench.plaintexts(End::kServer) == Texts{"full"});
}

TEST_CASE("several records of one datagram are delivered one by one") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  auto& server = bench.session(End::kServer);
  Bytes datagram;
  for (const auto* text : {"one", "two", "three"}) {
    REQUIRE(server.write(bench.now(), as_bytes(text)));
    const auto record = server.poll_transmit().value();
    datagram.insert(datagram.end(), record.begin(), record.end());
  }
  bench.inject(End::kClient, datagram);
  CHECK(bench.plaintexts(End::kClient) == Texts{"one", "two", "three"});
}

TEST_CASE("a payload of more than a record is too large and leaves the session as it was") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const Bytes large(kRecordSizeMax + 1);
  auto& client = bench.session(End::kClient);
  CHECK(client.write(bench.now(), large).error() == WriteError::kTooLarge);
  CHECK_FALSE(client.poll_transmit());
  CHECK(is_still_open(bench));
}

TEST_CASE("with an MTU the largest payload is what fits a datagram of that size") {
  constexpr std::size_t kMtu = 256;
  SeededRandom random(1);
  auto client = client_config(random);
  client.mtu = kMtu;
  Bench bench(std::move(client), server_config(random));
  bench.connect();
  auto& session = bench.session(End::kClient);
  CHECK(session.write(bench.now(), Bytes(kMtu - 28)).error() == WriteError::kTooLarge);
  REQUIRE(session.write(bench.now(), Bytes(kMtu - 29)));
  CHECK(session.poll_transmit().value().size() == kMtu);
}

TEST_CASE("before the handshake is done nothing can be written") {
  SeededRandom random(1);
  const auto session = make_client_session(client_config(random));
  CHECK(session->write(Instant{}, as_bytes("x")).error() == WriteError::kNotConnected);
  session->start(Instant{});
  CHECK(session->write(Instant{}, as_bytes("x")).error() == WriteError::kNotConnected);
  CHECK_FALSE(session->is_connected());
}

TEST_CASE("a replayed record is delivered once") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.write(End::kServer, "once");
  const auto record = bench.sent.back().datagram;
  bench.inject(End::kClient, record);
  bench.inject(End::kClient, record);
  CHECK(bench.plaintexts(End::kClient) == Texts{"once"});
  CHECK(is_still_open(bench));
}

TEST_CASE("records that overtake each other are all delivered, as they come") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  auto& server = bench.session(End::kServer);
  REQUIRE(server.write(bench.now(), as_bytes("first")));
  REQUIRE(server.write(bench.now(), as_bytes("second")));
  const auto first = server.poll_transmit().value();
  bench.inject(End::kClient, server.poll_transmit().value());
  bench.inject(End::kClient, first);
  CHECK(bench.plaintexts(End::kClient) == Texts{"second", "first"});
}

TEST_CASE("a record changed in any octet is ignored") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  auto& server = bench.session(End::kServer);
  REQUIRE(server.write(bench.now(), as_bytes("intact")));
  const auto record = server.poll_transmit().value();
  for (std::size_t i = 0; i < record.size(); ++i) {
    auto changed = record;
    changed[i] ^= 0x01;
    bench.inject(End::kClient, changed);
  }
  CHECK(bench.plaintexts(End::kClient).empty());
  bench.inject(End::kClient, record);
  CHECK(bench.plaintexts(End::kClient) == Texts{"intact"});
}

TEST_CASE("what is no record of the session's epoch is ignored in the established session") {
  const std::vector<Bytes> foreign = {
      {},
      {0x70, 0x00, 0x12, 0x34},                                        // a CoAP RST
      {kTypeAlert, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40},  // alerts in clear
      {kTypeAlert, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 98, 0, 2, 1, 0},
      {kTypeAlert, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40},
      {kTypeChangeCipherSpec, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 97, 0, 1, 1},
      {kHandshake, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 96, 0, 3, 1, 2, 3},
      {kApplicationData, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 95, 0, 1, 'x'},
      {kApplicationData, 0xFE, 0xFD, 0, 2, 0, 0, 0, 0, 0, 95, 0, 1, 'x'},
      Bytes(20000, kApplicationData),
  };
  const auto victim = GENERATE(End::kClient, End::kServer);
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const auto events_before = bench.events(victim).size();
  for (const auto& datagram : foreign) bench.inject(victim, datagram);
  CHECK(bench.events(victim).size() == events_before);
  CHECK(is_still_open(bench));
}

TEST_CASE("handshake datagrams that come again are no data and do no harm") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const auto handshake = bench.sent;
  for (const auto& one : handshake) {
    bench.inject(one.from == End::kClient ? End::kServer : End::kClient, one.datagram);
  }
  CHECK(is_still_open(bench));
}

TEST_CASE("closing sends close_notify and ends both sides once, each with its own view") {
  const auto closer = GENERATE(End::kClient, End::kServer);
  const auto other = closer == End::kClient ? End::kServer : End::kClient;
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.close(closer);
  bench.close(closer);
  bench.close(other);

  REQUIRE(bench.all<Closed>(closer).size() == 1);
  CHECK_FALSE(bench.all<Closed>(closer)[0].by_peer);
  REQUIRE(bench.all<Closed>(other).size() == 1);
  CHECK(bench.all<Closed>(other)[0].by_peer);
  for (const auto end : {closer, other}) {
    CHECK_FALSE(bench.session(end).is_connected());
    CHECK_FALSE(bench.session(end).poll_timeout());
    CHECK(bench.session(end).write(bench.now(), as_bytes("x")).error() ==
          WriteError::kNotConnected);
  }
}

TEST_CASE("data behind a close_notify is not delivered") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const auto late = seal_as_server(bench, {kApplicationData, 100, to_bytes("late")});
  bench.close(End::kServer);
  bench.inject(End::kClient, late);
  CHECK(bench.plaintexts(End::kClient).empty());
  CHECK(std::holds_alternative<Closed>(bench.events(End::kClient).back()));
}

TEST_CASE("closing during the handshake ends it without a close_notify") {
  SeededRandom random(1);
  const auto session = make_client_session(client_config(random));
  session->start(Instant{});
  REQUIRE(session->poll_transmit());
  session->close(Instant{});
  CHECK_FALSE(session->poll_transmit());
  CHECK_FALSE(std::get<Closed>(session->poll_event().value()).by_peer);
  CHECK_FALSE(session->poll_timeout());
}

TEST_CASE("a session closed before its start never starts") {
  SeededRandom random(1);
  const auto session = make_client_session(client_config(random));
  session->close(Instant{});
  session->start(Instant{});
  CHECK_FALSE(session->poll_transmit());
  CHECK(std::holds_alternative<Closed>(session->poll_event().value()));
  CHECK_FALSE(session->poll_event());
}

TEST_CASE("a valid fatal alert ends the established session as a failure that names it") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.inject(End::kClient, seal_as_server(bench, {kTypeAlert, 100, {2, kAlertBadRecordMac}}));
  const auto failed = bench.all<Failed>(End::kClient);
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].reason == FailureReason::kAlert);
  CHECK(failed[0].alert == kAlertBadRecordMac);
  CHECK(failed[0].after_handshake);
  CHECK_FALSE(bench.session(End::kClient).is_connected());
}

TEST_CASE("a valid alert that is only a warning leaves the session open") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.inject(End::kClient, seal_as_server(bench, {kTypeAlert, 100, {1, 90}}));
  bench.inject(End::kClient, seal_as_server(bench, {kApplicationData, 101, to_bytes("data")}));
  CHECK(bench.plaintexts(End::kClient) == Texts{"data"});
}

TEST_CASE("a request to negotiate anew is refused and the session goes on") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const Bytes hello_request = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  bench.inject(End::kClient, seal_as_server(bench, {kHandshake, 100, hello_request}));
  CHECK(bench.sent.back().datagram.at(0) == kTypeAlert);
  CHECK(bench.session(End::kClient).is_connected());
}

TEST_CASE("a client that begins anew from the same address gets a new session of the same server") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  bench.replace_client(client_config(random));
  CHECK(bench.all<Connected>(End::kServer).size() == 2);
  CHECK(bench.all<Failed>(End::kServer).empty());
  bench.write(End::kClient, "anew");
  CHECK(bench.plaintexts(End::kServer) == Texts{"anew"});
}

TEST_CASE("a ClientHello without a cookie leaves the established session as it is") {
  SeededRandom random(1);
  auto bench = connected_bench(random);
  const auto first_hello = bench.sent.front().datagram;
  bench.inject(End::kServer, first_hello);
  CHECK(is_still_open(bench));
}
