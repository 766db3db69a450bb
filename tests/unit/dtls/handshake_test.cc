#include <algorithm>

#include "firmware/base/hex.h"
#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

constexpr auto kCcm8 = CipherSuite::kPskAes128Ccm8;
constexpr auto kCbcSha256 = CipherSuite::kPskAes128CbcSha256;

// RFC 6347 §4.2.1: the first ClientHello has neither session nor cookie; its list stands here.
std::string offered_suites(const Bytes& client_hello) {
  constexpr std::size_t kListAt = 13 + 12 + 2 + 32 + 1 + 1;
  const std::size_t size = client_hello.at(kListAt) << 8 | client_hello.at(kListAt + 1);
  return to_hex_lower(ByteView(client_hello).subspan(kListAt + 2, size));
}

Bytes first_datagram(ClientConfig config) {
  const auto session = make_client_session(std::move(config));
  session->start(Instant{});
  return session->poll_transmit().value();
}

bool contains(const Bytes& datagram, std::string_view text) {
  return as_text(datagram).find(text) != std::string_view::npos;
}

// "CLIENT_RANDOM <64 hex> <96 hex>"
void check_key_log_format(std::string_view line) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  REQUIRE(line.size() == 14 + 64 + 1 + 96);
  CHECK(line.substr(0, 14) == "CLIENT_RANDOM ");
  CHECK(line[78] == ' ');
  CHECK(line.substr(14, 64).find_first_not_of(kDigits) == std::string_view::npos);
  CHECK(line.substr(79).find_first_not_of(kDigits) == std::string_view::npos);
}

std::vector<std::pair<End, std::size_t>> shape(const std::vector<Sent>& sent) {
  std::vector<std::pair<End, std::size_t>> sizes;
  for (const auto& one : sent) sizes.emplace_back(one.from, one.datagram.size());
  return sizes;
}

}  // namespace

TEST_CASE("client and server connect with either suite and name the one they took") {
  const auto suite = GENERATE(kCcm8, kCbcSha256);
  SeededRandom random(1);
  auto client = client_config(random);
  client.suites = {suite};
  Bench bench(std::move(client), server_config(random));
  bench.connect();

  for (const auto end : {End::kClient, End::kServer}) {
    REQUIRE(bench.events(end).size() == 1);
    CHECK(bench.all<Connected>(end).at(0).suite == suite);
    CHECK(bench.session(end).is_connected());
    CHECK_FALSE(bench.session(end).poll_timeout());
  }
  CHECK(name(bench.all<Connected>(End::kClient).at(0).suite).starts_with("TLS_PSK_WITH_AES_128_C"));
}

TEST_CASE("a session on the operating system's entropy connects too") {
  SeededRandom random(1);
  auto client = client_config(random);
  auto server = server_config(random);
  client.random = nullptr;
  server.random = nullptr;
  Bench bench(std::move(client), std::move(server));
  bench.connect();
  CHECK(bench.session(End::kClient).is_connected());
  CHECK(bench.session(End::kServer).is_connected());
}

TEST_CASE("the ClientHello offers exactly the suites of the configuration in their order") {
  SeededRandom random(1);
  const auto offer = [&](std::vector<CipherSuite> suites) {
    auto config = client_config(random);
    config.suites = std::move(suites);
    return offered_suites(first_datagram(std::move(config)));
  };
  // RFC 5746 §3.3: 00ff stands for an empty renegotiation_info extension, not for a suite.
  CHECK(offer({kCcm8, kCbcSha256}) == "c0a800ae00ff");
  CHECK(offer({kCbcSha256, kCcm8}) == "00aec0a800ff");
  CHECK(offer({kCcm8}) == "c0a800ff");
}

TEST_CASE("of two common suites the server takes the one it prefers") {
  SeededRandom random(1);
  auto server = server_config(random);
  server.suites = {kCbcSha256, kCcm8};
  Bench bench(client_config(random), std::move(server));
  bench.connect();
  CHECK(bench.all<Connected>(End::kClient).at(0).suite == kCbcSha256);
}

TEST_CASE("every record of a handshake is of DTLS 1.2, but the first may name 1.0") {
  SeededRandom random(1);
  Bench bench(client_config(random), server_config(random));
  bench.connect();
  for (const auto& one : bench.sent) {
    CHECK(one.datagram.at(1) == 0xFE);
    // RFC 6347 §4.2.1: HelloVerifyRequest goes out with the version of DTLS 1.0.
    CHECK((one.datagram.at(2) == 0xFD || one.datagram.at(13) == 3));
  }
}

TEST_CASE("the server name is in the ClientHello where one is configured") {
  SeededRandom random(1);
  auto named = client_config(random);
  named.server_name = "coap.example";
  CHECK(contains(first_datagram(std::move(named)), "coap.example"));
  CHECK_FALSE(contains(first_datagram(client_config(random)), "coap.example"));
}

TEST_CASE("a cookie is good for the address it was made for and for no other") {
  constexpr std::uint8_t kServerHello = 2;
  constexpr std::uint8_t kHelloVerifyRequest = 3;
  SeededRandom client_random(1);
  SeededRandom server_random(2);
  Bench bench(client_config(client_random), server_config(server_random));
  bench.connect();
  const auto& hello_with_cookie = bench.sent.at(2).datagram;

  const auto first_answer = [&](std::string_view address) {
    SeededRandom same(2);  // and with it the same cookie key: only the address differs
    const auto server = make_server_session(server_config(same), as_bytes(address));
    server->start(Instant{});
    server->handle_datagram(Instant{}, hello_with_cookie);
    return server->poll_transmit().value().at(13);
  };
  CHECK(first_answer(kClientAddress) == kServerHello);
  CHECK(first_answer("10.9.9.9:4711") == kHelloVerifyRequest);
}

TEST_CASE("a server with several credentials takes each identity with its own key") {
  const auto identity = GENERATE(as<std::string>{}, "first", "second");
  SeededRandom random(1);
  auto server = server_config(random);
  server.credentials.push_back(credential("first", "key of the first"));
  server.credentials.push_back(credential("second", "key of the second"));
  auto client = client_config(random);
  client.credential = credential(identity, "key of the " + identity);
  Bench bench(std::move(client), std::move(server));
  bench.connect();
  CHECK(bench.session(End::kClient).is_connected());
}

TEST_CASE("a key of 32 octets and an identity of 200 connect") {
  SeededRandom random(1);
  const auto long_one = [] { return credential(std::string(200, 'i'), std::string(32, 'k')); };
  auto client = client_config(random);
  client.credential = long_one();
  auto server = server_config(random);
  server.credentials.push_back(long_one());
  Bench bench(std::move(client), std::move(server));
  bench.connect();
  CHECK(bench.session(End::kClient).is_connected());
}

TEST_CASE("with an MTU no datagram is larger") {
  constexpr std::size_t kMtu = 256;
  SeededRandom random(1);
  auto client = client_config(random);
  client.mtu = kMtu;
  client.credential = credential(std::string(240, 'i'));
  auto server = server_config(random);
  server.mtu = kMtu;
  server.credentials.push_back(credential(std::string(240, 'i')));
  Bench bench(std::move(client), std::move(server));
  bench.connect();

  REQUIRE(bench.session(End::kClient).is_connected());
  for (const auto& one : bench.sent) CHECK(one.datagram.size() <= kMtu);
  // The key exchange and Finished did not fit one datagram.
  CHECK(bench.instants_sent(End::kClient).size() > 3);
}

TEST_CASE("both ends export the same line of the NSS key log where they are asked to") {
  const auto suite = GENERATE(kCcm8, kCbcSha256);
  SeededRandom random(1);
  auto client = client_config(random);
  auto server = server_config(random);
  client.export_keys = true;
  server.export_keys = true;
  client.suites = {suite};
  Bench bench(std::move(client), std::move(server));
  bench.connect();

  const auto lines = bench.all<KeyLogLine>(End::kClient);
  REQUIRE(lines.size() == 1);
  check_key_log_format(lines[0].line);
  const auto server_lines = bench.all<KeyLogLine>(End::kServer);
  REQUIRE(server_lines.size() == 1);
  CHECK(server_lines[0].line == lines[0].line);

  const auto& hello = bench.sent.at(0).datagram;
  CHECK(lines[0].line.substr(14, 64) == to_hex_lower(ByteView(hello).subspan(27, 32)));
}

TEST_CASE("the keys are out before the first encrypted record") {
  SeededRandom random(1);
  auto client = client_config(random);
  client.export_keys = true;
  Bench bench(std::move(client), server_config(random),
              [](End from, std::size_t index, const Bytes& datagram) -> std::vector<Bytes> {
                if (from == End::kServer && index >= 2) return {};
                return {datagram};
              });
  bench.connect(0s);
  CHECK(bench.all<KeyLogLine>(End::kClient).size() == 1);
  CHECK(bench.all<Connected>(End::kClient).empty());
}

TEST_CASE("one seed repeats number, order and size of all datagrams") {
  const auto run = [](CipherSuite suite) {
    SeededRandom random(42);
    auto client = client_config(random);
    client.suites = {suite};
    Bench bench(std::move(client), server_config(random));
    bench.connect();
    bench.write(End::kClient, "hello");
    bench.write(End::kServer, "world");
    bench.close(End::kClient);
    return shape(bench.sent);
  };
  for (const auto suite : {kCcm8, kCbcSha256}) {
    const auto first = run(suite);
    CHECK(first.size() == 10);
    CHECK(first == run(suite));
  }
}

TEST_CASE("two hundred sessions open, talk and close one after the other") {
  SeededRandom random(1);
  for (int i = 0; i < 200; ++i) {
    Bench bench(client_config(random), server_config(random));
    bench.connect();
    bench.write(End::kClient, "hello");
    bench.close(i % 2 == 0 ? End::kClient : End::kServer);
    REQUIRE(bench.all<Closed>(End::kClient).size() == 1);
    REQUIRE(bench.all<Closed>(End::kServer).size() == 1);
    REQUIRE(bench.plaintexts(End::kServer) == std::vector<std::string>{"hello"});
  }
}
