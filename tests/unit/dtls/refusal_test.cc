// Handshakes that end because one side says or means no.
#include "dtls/alert.h"
#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

// RFC 6347 §4.1: an alert in epoch 0, far ahead of the numbers used so far.
Bytes clear_alert(std::uint8_t level, std::uint8_t description) {
  return {21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 2, level, description};
}

void check_client_failure(const Bench& bench, FailureReason reason, std::uint8_t alert) {
  const auto failed = only_failure(bench.events(End::kClient));
  CHECK(failed.reason == reason);
  REQUIRE(failed.alert);
  CHECK(*failed.alert == alert);
  CHECK_FALSE(failed.after_handshake);
}

Bench connect(ClientConfig client, ServerConfig server) {
  Bench bench(std::move(client), std::move(server));
  bench.connect();
  return bench;
}

void check_refused(ClientConfig config) {
  const auto session = make_client_session(std::move(config));
  session->start(Instant{});
  CHECK_FALSE(session->poll_transmit());
  CHECK_FALSE(session->poll_timeout());
  const auto event = session->poll_event();
  REQUIRE(event);
  CHECK(std::get<Failed>(*event).reason == FailureReason::kLocal);
  CHECK_FALSE(session->poll_event());
}

}  // namespace

TEST_CASE("no common suite ends in alert handshake_failure at once") {
  SeededRandom random(1);
  auto client = client_config(random);
  client.suites = {CipherSuite::kPskAes128CbcSha256};
  auto server = server_config(random);
  server.suites = {CipherSuite::kPskAes128Ccm8};
  const auto bench = connect(std::move(client), std::move(server));
  check_client_failure(bench, FailureReason::kAlert, kAlertHandshakeFailure);
  CHECK(bench.now() == Instant{});
  CHECK(only_failure(bench.events(End::kServer)).reason == FailureReason::kProtocol);
}

TEST_CASE("a wrong key ends in alert bad_record_mac") {
  const auto suite = GENERATE(CipherSuite::kPskAes128Ccm8, CipherSuite::kPskAes128CbcSha256);
  SeededRandom random(1);
  auto client = client_config(random);
  client.suites = {suite};
  client.credential = credential("password", "barley");
  const auto bench = connect(std::move(client), server_config(random));
  check_client_failure(bench, FailureReason::kAlert, kAlertBadRecordMac);
  CHECK(only_failure(bench.events(End::kServer)).reason == FailureReason::kProtocol);
}

TEST_CASE("an unknown identity ends in alert unknown_psk_identity") {
  SeededRandom random(1);
  auto client = client_config(random);
  client.credential = credential("stranger");
  const auto bench = connect(std::move(client), server_config(random));
  check_client_failure(bench, FailureReason::kAlert, kAlertUnknownPskIdentity);
  CHECK(only_failure(bench.events(End::kServer)).reason == FailureReason::kProtocol);
}

TEST_CASE("a close_notify in the middle of the handshake counts as an alert") {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random),
              [](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
                if (from == End::kServer && index == 2) return {clear_alert(1, kAlertCloseNotify)};
                return {datagram};
              });
  bench.connect(5s);
  check_client_failure(bench, FailureReason::kAlert, kAlertCloseNotify);
}

TEST_CASE("an alert that is only a warning is named when silence follows it") {
  SeededRandom random(1);
  Alone alone{.session = make_client_session(client_config(random))};
  alone.run(
      [](const Bytes&) { return std::vector<Bytes>{clear_alert(1, kAlertHandshakeFailure)}; });
  const auto failed = only_failure(alone.events);
  CHECK(failed.reason == FailureReason::kStalled);
  CHECK(failed.alert == kAlertHandshakeFailure);
  CHECK(alone.ended_at == 63s);
}

TEST_CASE("after a failed handshake nothing is sent, accepted or due any more") {
  SeededRandom random(1);
  auto client = client_config(random);
  client.credential = credential("stranger");
  auto bench = connect(std::move(client), server_config(random));
  auto& session = bench.session(End::kClient);
  CHECK_FALSE(session.poll_timeout());
  CHECK(session.write(bench.now(), as_bytes("x")).error() == WriteError::kNotConnected);
  session.close(bench.now());
  bench.inject(End::kClient, bench.sent.back().datagram);
  CHECK(bench.events(End::kClient).size() == 1);
}

TEST_CASE("a configuration the library cannot use fails as local at the start") {
  SeededRandom random(1);
  SECTION("no suite") {
    auto config = client_config(random);
    config.suites = {};
    check_refused(std::move(config));
  }
  SECTION("no identity") {
    auto config = client_config(random);
    config.credential = credential("");
    check_refused(std::move(config));
  }
  SECTION("no key") {
    auto config = client_config(random);
    config.credential = credential("password", "");
    check_refused(std::move(config));
  }
  SECTION("a key of more than 32 octets") {
    auto config = client_config(random);
    config.credential = credential("password", std::string(33, 'k'));
    check_refused(std::move(config));
  }
  SECTION("a server name longer than DNS allows") {
    auto config = client_config(random);
    config.server_name = std::string(256, 'n');
    check_refused(std::move(config));
  }
}
