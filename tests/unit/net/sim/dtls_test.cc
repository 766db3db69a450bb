// Secured servers, their sessions and what goes wrong in their handshakes.
#include "coap_core/codec.h"
#include "dtls/alert.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

dtls::PskCredential credential(std::string identity, std::string_view key) {
  return {std::move(identity), dtls::SecretBytes(to_bytes(key))};
}

// One DTLS client and its world, joined by a wire that takes no time.
class SecuredClient {
 public:
  SecuredClient(WorldConfig config, dtls::PskCredential psk, net::Endpoint server = kPlugtestDtls,
                net::Endpoint client = kClient)
      : world_(std::move(config), random_), server_(server), client_(client) {
    begin(std::move(psk));
  }

  void begin(dtls::PskCredential psk) {
    session_ = dtls::make_client_session({.credential = std::move(psk), .random = &random_});
    session_->start(now_);
    settle();
  }

  void run_to(Duration until) {
    while (const auto next = earliest(world_.poll_timeout(), session_->poll_timeout())) {
      if (*next > Instant{} + until) break;
      now_ = *next;
      world_.handle_timeout(now_);
      session_->handle_timeout(now_);
      settle();
    }
    now_ = Instant{} + until;
  }

  void send(const coap::Message& message) {
    REQUIRE(session_->write(now_, coap::encode(message)).has_value());
    settle();
  }

  void settle() {
    for (bool is_stable = false; !is_stable;) {
      is_stable = true;
      while (auto datagram = session_->poll_transmit()) {
        is_stable = false;
        world_.handle_datagram(now_, {client_, server_, std::move(*datagram)});
      }
      while (const auto datagram = world_.poll_datagram()) {
        is_stable = false;
        ++received;
        session_->handle_datagram(now_, datagram->octets);
      }
      while (auto event = session_->poll_event()) take(*event);
    }
  }

  World& world() { return world_; }
  dtls::Session& session() { return *session_; }
  [[nodiscard]] Instant now() const { return now_; }

  std::vector<coap::Message> messages;
  std::optional<dtls::Failed> failed;
  int closed = 0;
  int received = 0;

 private:
  void take(const dtls::Event& event) {
    if (const auto* const text = std::get_if<dtls::PlaintextReceived>(&event)) {
      messages.push_back(coap::decode(text->plaintext)->to_message());
    }
    if (const auto* const failure = std::get_if<dtls::Failed>(&event)) failed = *failure;
    if (std::holds_alternative<dtls::Closed>(event)) ++closed;
  }

  SeededRandom random_{1};
  World world_;
  net::Endpoint server_;
  net::Endpoint client_;
  std::unique_ptr<dtls::Session> session_;
  Instant now_{};
};

WorldConfig bent(const HandshakeConfig& handshake) {
  auto world = ready_world();
  for (auto& server : world.servers) {
    if (server.endpoint == kPlugtestDtls) server.security->handshake = handshake;
  }
  return world;
}

TEST_CASE("DTLS_01: GET /secure through a session of identity password and key sesame") {
  SecuredClient client(ready_world(), credential("password", "sesame"));
  REQUIRE(client.session().is_connected());
  client.send(con_get(1, "secure"));
  REQUIRE(client.messages.size() == 1);
  CHECK(client.messages.front().code == coap::Code::kContent);
  CHECK(as_text(client.messages.front().payload) == "Only within DTLS.");
  CHECK(client.world().count(WorldEventKind::kSessionOpened) == 1);
}

TEST_CASE("DTLS_02: a wrong key or an unknown identity ends in an alert") {
  SecuredClient wrong_key(ready_world(), credential("password", "wrong"));
  REQUIRE(wrong_key.failed.has_value());
  CHECK(wrong_key.failed->alert == dtls::kAlertBadRecordMac);

  SecuredClient unknown(ready_world(), credential("nobody", "sesame"));
  REQUIRE(unknown.failed.has_value());
  CHECK(unknown.failed->alert == dtls::kAlertUnknownPskIdentity);
}

TEST_CASE("The note's identity and key open leshan, a wrong key meets silence there") {
  SecuredClient right(ready_world(), credential("864508030012428", "12344FG89"), kLeshan);
  REQUIRE(right.session().is_connected());
  right.send(request(coap::Type::kNonConfirmable, coap::Code::kPost, 1234, "19"));
  REQUIRE(right.messages.size() == 1);
  CHECK(right.messages.front().code == coap::Code::kNotFound);
  CHECK(right.messages.front().message_id == 1234);

  SecuredClient wrong(ready_world(), credential("864508030012428", "wrong"), kLeshan);
  wrong.run_to(100s);
  REQUIRE(wrong.failed.has_value());
  CHECK(wrong.failed->reason == dtls::FailureReason::kSilentAfterFinished);
}

TEST_CASE("A server may be silent from the start, after its cookie or after its hello") {
  SecuredClient hello(bent({.datagrams_max = 2}), credential("password", "sesame"));
  hello.run_to(100s);
  REQUIRE(hello.failed.has_value());
  CHECK(hello.failed->reason == dtls::FailureReason::kSilentAfterFinished);
  CHECK(hello.received == 2);

  SecuredClient silent(bent({.datagrams_max = 0}), credential("password", "sesame"));
  silent.run_to(100s);
  REQUIRE(silent.failed.has_value());
  CHECK(silent.failed->reason == dtls::FailureReason::kNoAnswer);

  SecuredClient cookie(bent({.datagrams_max = 1}), credential("password", "sesame"));
  cookie.run_to(100s);
  REQUIRE(cookie.failed.has_value());
  CHECK(cookie.failed->reason == dtls::FailureReason::kOnlyHelloVerify);
  CHECK(cookie.received == 1);
}

TEST_CASE("A server may answer a ClientHello by any fatal alert") {
  SecuredClient client(bent({.alert = dtls::kAlertHandshakeFailure}),
                       credential("password", "sesame"));
  client.run_to(100s);
  REQUIRE(client.failed.has_value());
  CHECK(client.failed->reason == dtls::FailureReason::kAlert);
  CHECK(client.failed->alert == dtls::kAlertHandshakeFailure);
}

TEST_CASE("Plain CoAP to a secured server, and DTLS to a plain one, get no CoAP answer") {
  WorldTimeline timeline;
  timeline.set_server(kPlugtestDtls);
  timeline.send(con_get(1, "test"));
  timeline.run_to(100s);
  CHECK(timeline.take().empty());

  SecuredClient client(ready_world(), credential("password", "sesame"), kPlugtest);
  client.run_to(100s);
  CHECK(client.failed.has_value());
}

TEST_CASE("Observation and retransmission go through the session, and end with it") {
  SecuredClient client(ready_world(), credential("password", "sesame"));
  client.send(con_get(1, "obs-non", {.options = {uint_option(coap::kObserve, 0)}}));
  client.run_to(11s);
  CHECK(client.messages.size() == 3);
  client.session().close(client.now());
  client.settle();
  CHECK(client.closed == 1);
  CHECK(client.world().count(WorldEventKind::kSessionEnded) == 1);
  CHECK(client.world().count(WorldEventKind::kObserverRemoved) == 1);
  client.run_to(100s);
  CHECK(client.messages.size() == 3);
}

TEST_CASE("A client that begins anew from the same address has no observations left") {
  SecuredClient client(ready_world(), credential("password", "sesame"));
  client.send(con_get(1, "obs-non", {.options = {uint_option(coap::kObserve, 0)}}));
  client.begin(credential("password", "sesame"));
  REQUIRE(client.session().is_connected());
  CHECK(client.world().count(WorldEventKind::kObserverRemoved) == 1);
  client.send(con_get(2, "secure"));
  CHECK(client.messages.back().code == coap::Code::kContent);
}

TEST_CASE("A server that restarts knows no session any more and answers none") {
  SecuredClient client(ready_world(), credential("password", "sesame"));
  REQUIRE(client.world().restart_server(client.now(), kPlugtestDtls, 0s));
  client.send(con_get(1, "secure"));
  client.run_to(60s);
  CHECK(client.messages.empty());
  client.begin(credential("password", "sesame"));
  client.send(con_get(2, "secure"));
  CHECK(client.messages.size() == 1);
}

TEST_CASE("A restart upon a request of the session ends the session") {
  auto config = ready_world();
  for (auto& server : config.servers) {
    server.restarts = {{.at = {}, .upon_request = 2, .downtime = {}}};
  }
  SecuredClient client(std::move(config), credential("password", "sesame"));
  client.send(con_get(1, "secure"));
  client.send(con_get(2, "secure"));
  client.send(con_get(3, "secure"));
  CHECK(client.messages.size() == 1);
  CHECK(client.world().count(WorldEventKind::kSessionEnded) == 1);
}

TEST_CASE("A flood of ClientHellos from many addresses is bounded and spares a session in use") {
  auto config = ready_world();
  for (auto& server : config.servers) server.limits.sessions_max = 4;
  SecuredClient client(std::move(config), credential("password", "sesame"));
  SeededRandom random(9);
  for (std::uint16_t i = 1; i <= 50; ++i) {
    const auto flood = dtls::make_client_session(
        {.credential = credential("password", "sesame"), .random = &random});
    flood->start(client.now());
    client.world().handle_datagram(client.now(),
                                   {{kOther.address, i}, kPlugtestDtls, *flood->poll_transmit()});
    while (client.world().poll_datagram()) {
    }
  }
  CHECK(client.world().count(WorldEventKind::kSessionEnded) == 47);
  client.send(con_get(1, "secure"));
  CHECK(client.messages.size() == 1);
}

TEST_CASE("Two runs of one seed send the same CoAP messages and records of the same size") {
  const auto run = [] {
    SecuredClient client(ready_world(), credential("password", "sesame"));
    for (coap::MessageId id = 1; id < 20; ++id) client.send(con_get(id, "large"));
    return std::pair{client.messages, client.received};
  };
  CHECK(run() == run());
}

}  // namespace
}  // namespace vmodem::sim
