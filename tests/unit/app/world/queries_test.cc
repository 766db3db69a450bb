// Look-ups, pings and times by real sockets on loopback.
#include "firmware/app/world/queries.h"

#include <unistd.h>

#include "firmware/app/world/sockets.h"
#include "net/sockets/sntp.h"
#include "tests/support/catch.h"
#include "tests/unit/app/support/udp_peer.h"

using namespace vmodem;
using namespace vmodem::app;
using firmware::AskTime;
using firmware::PingHost;
using firmware::Query;
using firmware::QueryError;
using firmware::QueryFailed;
using firmware::QueryId;
using firmware::ResolveName;

namespace {

constexpr Instant kAskedAt{};
constexpr QueryId kQuery{1};

struct QueryFixture {
  Poller poller;
  Log log = Log::open(LogLevel::kOff, "").value();
  SocketNetwork network;

  explicit QueryFixture(net::Routes routes = {})
      : network(poller, {net::NetworkMode::kLoopback, std::move(routes)}, look_up, log) {}

  static net::LookupResult look_up(const std::string& name) {
    if (name != "here.example") return unexpected(std::string("nobody knows it"));
    return std::vector{*net::parse_ip_address("127.0.0.1"), *net::parse_ip_address("192.0.2.1")};
  }

  void ask(Query query) { network.ask(kAskedAt, query); }
  firmware::Answer wait() {
    for (;;) {
      if (auto event = network.poll_event()) {
        REQUIRE(std::holds_alternative<firmware::Answered>(*event));
        CHECK(std::get<firmware::Answered>(*event).query == kQuery);
        return std::get<firmware::Answered>(*event).answer;
      }
      const auto batch = poller.wait(20s);
      REQUIRE_FALSE(batch.empty());
      for (const auto& ready : batch) network.handle_ready(kAskedAt, ready.tag);
    }
  }
};

void check_failed_with(const firmware::Answer& answer, QueryError error, const std::string& why) {
  const auto* failed = std::get_if<QueryFailed>(&answer);
  REQUIRE(failed != nullptr);
  CHECK(failed->error == error);
  CHECK(failed->why.find(why) != std::string::npos);
}

}  // namespace

TEST_CASE("all addresses of a name are told, a route's in their place") {
  net::Routes routes;
  REQUIRE(routes.add("cloud.example=127.0.0.9:5683"));
  QueryFixture fixture(std::move(routes));
  const auto [host, addresses] = GENERATE(
      table<std::string, std::vector<std::string>>({{"here.example", {"127.0.0.1", "192.0.2.1"}},
                                                    {"cloud.example", {"127.0.0.9"}},
                                                    {"192.0.2.7", {"192.0.2.7"}}}));
  fixture.ask({kQuery, ResolveName{host}});
  const auto answer = fixture.wait();
  REQUIRE(std::holds_alternative<firmware::NameResolved>(answer));
  CHECK(std::get<firmware::NameResolved>(answer).addresses == addresses);
}

TEST_CASE("a name that nobody knows answers no question") {
  QueryFixture fixture;
  fixture.ask({kQuery, ResolveName{"lost.example"}});
  check_failed_with(fixture.wait(), QueryError::kNameNotResolved, "nobody knows it");
  fixture.ask({kQuery, AskTime{"lost.example", 123}});
  check_failed_with(fixture.wait(), QueryError::kNameNotResolved, "nobody knows it");
}

TEST_CASE("hosts beyond loopback are neither pinged nor asked") {
  QueryFixture fixture;
  fixture.ask({kQuery, PingHost{"192.0.2.1", 32}});
  check_failed_with(fixture.wait(), QueryError::kUnreachable, "beyond loopback");
  fixture.ask({kQuery, AskTime{"192.0.2.1", 123}});
  check_failed_with(fixture.wait(), QueryError::kUnreachable, "beyond loopback");
}

TEST_CASE("a ping of this machine comes back where the process may send one") {
  const auto* host = GENERATE("here.example", "127.0.0.1");
  QueryFixture fixture;
  fixture.ask({kQuery, PingHost{host, 32}});
  const auto answer = fixture.wait();
  if (const auto* reply = std::get_if<firmware::EchoReceived>(&answer)) {
    CHECK(reply->address == "127.0.0.1");
    CHECK(reply->ttl > 0);
    return;
  }
  CHECK(::geteuid() != 0);
  check_failed_with(answer, QueryError::kUnreachable, "127.0.0.1 cannot be pinged");
}

TEST_CASE("nothing comes of a question that is cancelled") {
  QueryFixture fixture;
  fixture.ask({kQuery, ResolveName{"192.0.2.7"}});
  fixture.network.cancel({kQuery});
  CHECK_FALSE(fixture.network.poll_event());
}

TEST_CASE("a time server is asked by SNTP, and what it cannot have sent is a bad answer") {
  QueryFixture fixture;
  test::UdpPeer server;
  fixture.ask({kQuery, AskTime{"here.example", server.port()}});
  const bool is_true = GENERATE(true, false);
  // The look-up is answered first, then the request goes out.
  for (const auto& ready : fixture.poller.wait(20s)) {
    fixture.network.handle_ready(kAskedAt, ready.tag);
  }
  const auto request = server.receive();
  REQUIRE(request.size() == net::kSntpSize);
  CHECK(request[0] == '\x23');

  const std::string mark = is_true ? request.substr(40) : std::string(8, 'x');
  const std::string time("\xd5\xbc\x0b\x12\x80\0\0\0", 8);
  server.answer("\x24\x02" + std::string(22, '\0') + mark + time + time);
  const auto answer = fixture.wait();
  if (!is_true) return check_failed_with(answer, QueryError::kBadAnswer, "another request");
  using namespace std::chrono;
  REQUIRE(std::holds_alternative<firmware::TimeTold>(answer));
  CHECK(std::get<firmware::TimeTold>(answer).utc ==
        sys_days(2013y / August / 19) + 3h + 10min + 10s + 500ms);
}
