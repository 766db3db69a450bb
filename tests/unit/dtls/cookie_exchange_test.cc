#include "dtls/cookie_exchange.h"

#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

constexpr std::size_t kMessageSequenceAt = 13 + 4;

// Servers that keep no state until a cookie is good, one behind each address of the client. As
// OpenSSL and GnuTLS do, they number every HelloVerifyRequest 0, and take the cookie in a hello
// numbered 1 only.
class StatelessServers {
 public:
  explicit StatelessServers(RandomSource& random) : random_(random) { move_client(); }

  // A NAT gives the client another address.
  void move_client() {
    session_ = make_server_session(server_config(random_), as_bytes(std::to_string(++address_)));
    session_->start(Instant{});
  }

  std::vector<Bytes> answer(const Bytes& datagram) {
    auto rest = ByteView(datagram);
    const auto hello = next_record(rest);
    const auto cookie = client_hello_cookie(*hello);
    const auto sequence = datagram.at(kMessageSequenceAt + 1);
    if (cookie && sequence > 1) return {};
    session_->handle_datagram(Instant{}, datagram);
    std::vector<Bytes> answers;
    while (auto out = session_->poll_transmit()) {
      auto left = ByteView(*out);
      const auto record = next_record(left);
      if (record->is_clear_handshake(HandshakeType::kHelloVerifyRequest)) {
        out->at(kMessageSequenceAt + 1) = 0;
      }
      answers.push_back(std::move(*out));
    }
    return answers;
  }

 private:
  RandomSource& random_;
  int address_ = 0;
  std::unique_ptr<Session> session_;
};

bool is_second_hello(const Bytes& datagram) {
  auto rest = ByteView(datagram);
  const auto cookie = client_hello_cookie(*next_record(rest));
  return cookie && !cookie->empty();
}

// The client's address changes before each of its first `move_count` second hellos.
struct Moved {
  explicit Moved(int move_count) : servers(random) {
    client.session = make_client_session(client_config(random));
    client.run([&, move_count](const Bytes& datagram) mutable {
      if (is_second_hello(datagram)) {
        ++second_hellos;
        if (move_count-- > 0) servers.move_client();
      }
      return servers.answer(datagram);
    });
  }

  SeededRandom random{1};
  StatelessServers servers;
  Alone client;
  int second_hellos = 0;
};

}  // namespace

TEST_CASE("the handshake begins anew where the server wants another cookie") {
  const auto moves = GENERATE(1, 2, CookieExchange::kRestartsMax);
  Moved moved(moves);
  CHECK(moved.client.session->is_connected());
  CHECK(moved.second_hellos == moves + 1);
  CHECK(moved.client.ended_at == 0s);
}

TEST_CASE("a server that takes no cookie is named as such") {
  Moved moved(1000);
  CHECK(only_failure(moved.client.events).reason == FailureReason::kCookieRefused);
  CHECK(moved.second_hellos > CookieExchange::kRestartsMax);
}

TEST_CASE("all of it takes no longer than the negotiation time") {
  SeededRandom random(1);
  StatelessServers servers(random);
  auto config = client_config(random);
  config.negotiation_time = 10s;
  Alone client{.session = make_client_session(std::move(config))};
  client.run([&](const Bytes& datagram) {
    if (is_second_hello(datagram)) servers.move_client();
    return servers.answer(datagram);
  });
  CHECK(only_failure(client.events).reason == FailureReason::kCookieRefused);
  CHECK(client.ended_at == 10s);
}

TEST_CASE("a late answer to a repeated first hello begins nothing anew") {
  SeededRandom random(1);
  std::vector<Bytes> first_hellos;
  Bench bench(client_config(random), server_config(random),
              [&](End from, std::size_t number, const Bytes& datagram) -> std::vector<Bytes> {
                // The first hello arrives when its repetition does; both are answered.
                if (from == End::kClient && number == 0) {
                  first_hellos.push_back(datagram);
                  return {};
                }
                if (from == End::kClient && number == 1) return {first_hellos.front(), datagram};
                return {datagram};
              });
  bench.connect();
  CHECK(bench.session(End::kClient).is_connected());
  CHECK(bench.instants_sent(End::kClient) == std::vector<Duration>{0s, 1s, 1s, 1s});
}
