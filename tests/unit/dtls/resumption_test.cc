#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

struct Handshake {
  bool is_connected = false;
  bool is_resumed = false;
  std::size_t datagrams = 0;
  SecretBytes resumption;
};

Handshake shake_hands(RandomSource& random, SecretBytes resumption, SessionStore* sessions,
                      CipherSuite suite = CipherSuite::kPskAes128Ccm8) {
  auto client = client_config(random);
  client.suites = {suite};
  client.resumption = std::move(resumption);
  auto server = server_config(random);
  server.sessions = sessions;
  Bench bench(std::move(client), std::move(server));
  bench.connect();
  const auto connected = bench.all<Connected>(End::kClient);
  if (connected.empty()) return {};

  CHECK(bench.all<Connected>(End::kServer).at(0).is_resumed == connected.at(0).is_resumed);
  bench.write(End::kClient, "ping");
  CHECK(bench.plaintexts(End::kServer) == std::vector<std::string>{"ping"});
  bench.write(End::kServer, "pong");
  CHECK(bench.plaintexts(End::kClient) == std::vector<std::string>{"pong"});
  return {true, connected.at(0).is_resumed, bench.sent.size(), connected.at(0).resumption};
}

}  // namespace

TEST_CASE("a session is resumed by an abbreviated handshake, and again") {
  SeededRandom random(1);
  SessionStore sessions;
  const auto first = shake_hands(random, {}, &sessions);
  CHECK_FALSE(first.is_resumed);
  const auto second = shake_hands(random, first.resumption, &sessions);
  CHECK(second.is_resumed);
  CHECK(shake_hands(random, second.resumption, &sessions).is_resumed);
}

TEST_CASE("a server that does not know the session has a full handshake") {
  SeededRandom random(1);
  SessionStore sessions;
  const auto first = shake_hands(random, {}, &sessions);
  SessionStore none;
  CHECK_FALSE(shake_hands(random, first.resumption, &none).is_resumed);
  const auto full = shake_hands(random, first.resumption, nullptr);
  CHECK(full.is_connected);
  CHECK_FALSE(full.is_resumed);
}

TEST_CASE("a session of another suite is not resumed") {
  SeededRandom random(1);
  SessionStore sessions;
  const auto first = shake_hands(random, {}, &sessions);
  const auto other =
      shake_hands(random, first.resumption, &sessions, CipherSuite::kPskAes128CbcSha256);
  CHECK(other.is_connected);
  CHECK_FALSE(other.is_resumed);
}

TEST_CASE("octets that are no session are not offered") {
  SeededRandom random(1);
  const auto full = shake_hands(random, SecretBytes(to_bytes("garbage")), nullptr);
  CHECK(full.is_connected);
  CHECK_FALSE(full.is_resumed);
}

TEST_CASE("a server keeps a bounded number of sessions, the latest") {
  SessionStore sessions;
  for (std::size_t i = 0; i <= SessionStore::kSizeMax; ++i) {
    sessions.remember(to_bytes(std::to_string(i)), SecretBytes(to_bytes("x")));
  }
  CHECK(sessions.find(to_bytes("0")).empty());
  CHECK_FALSE(sessions.find(to_bytes("1")).empty());
  CHECK_FALSE(sessions.find(to_bytes(std::to_string(SessionStore::kSizeMax))).empty());
}
