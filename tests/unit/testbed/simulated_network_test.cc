// The modem's way into the simulated internet, by itself and through AT commands.
#include "firmware/testbed/simulated_network.h"

#include "firmware/base/hex.h"
#include "net/sim/description/ready_worlds.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

constexpr firmware::TransportId kTransport{7};
constexpr firmware::QueryId kQuery{3};
// CON GET coap://…/test, message ID 1.
const Bytes kGetTest = from_hex("4401000101020304b474657374").value_or(Bytes{});

struct Network {
  explicit Network(const net::LinkConfig& link = {}) : network(sim::ready_world(), link, random, journal) {}

  void run_for(Duration duration) {
    const auto end = now + duration;
    while (const auto next = network.poll_timeout()) {
      if (*next > end) break;
      now = *next;
      network.handle_timeout(now);
    }
    now = end;
  }
  template <class News>
  std::optional<News> poll() {
    while (auto event = network.poll_event()) {
      if (auto* news = std::get_if<News>(&*event)) return std::move(*news);
    }
    return std::nullopt;
  }
  void open(const std::string& host, std::uint16_t port) {
    network.open(now, {kTransport, host, port});
  }

  SeededRandom random{1};
  journal::Journal journal;
  SimulatedNetwork network;
  Instant now{};
};

}  // namespace

TEST_CASE("the simulated internet is made by the first who leads into it") {
  SeededRandom random(1);
  journal::Journal unread;
  int made = 0;
  SimulatedNetwork network({[&] {
                              ++made;
                              return sim::ready_world();
                            },
                            false},
                           {}, random, unread);
  network.attach(kTransport);
  network.carry_up({}, {kTransport, kGetTest});
  network.handle_timeout({});
  CHECK(network.poll_carried());
  CHECK_FALSE(network.poll_event());
  CHECK_FALSE(network.poll_timeout());
  CHECK(made == 0);
  CHECK(network.has_host("coap.sim"));
  CHECK(network.may_have_server("198.51.100.7", 5683));
  CHECK(made == 1);
}

TEST_CASE("a simulated internet that acts alone is there from the start") {
  SeededRandom random(1);
  journal::Journal unread;
  sim::WorldConfig world;
  world.servers = {
      {.endpoint = {net::IpAddress::v4({198, 51, 100, 7}), 5683}, .restarts = {{.at = 30s}}}};
  const SimulatedNetwork network(world, {}, random, unread);
  CHECK(network.poll_timeout() == Instant{} + 30s);
}

TEST_CASE("a simulated internet that is made late leaves every stream as one made at once") {
  const auto draws_after = [](bool acts_alone) {
    SeededRandom random(7);
    journal::Journal unread;
    SimulatedNetwork network({sim::ready_world, acts_alone}, {}, random, unread);
    std::vector<std::uint64_t> draws;
    const auto draw = [&] {
      for (std::size_t i = 0; i < static_cast<std::size_t>(RandomStream::kCount); ++i) {
        const auto stream = static_cast<RandomStream>(i);
        if (stream != RandomStream::kPeer) draws.push_back(random.next(stream));
      }
    };
    draw();
    (void)network.internet();
    draw();
    draws.push_back(random.next(RandomStream::kPeer));
    return draws;
  };
  CHECK(draws_after(true) == draws_after(false));
}

TEST_CASE("a transport to an address is open at once") {
  Network net;
  net.open("198.51.100.7", 5683);
  CHECK(net.network.has_transport(kTransport));
  const auto opened = net.poll<firmware::Opened>();
  REQUIRE(opened);
  CHECK(opened->transport == kTransport);
}

TEST_CASE("a transport to a name is open after the name server's answer") {
  Network net;
  net.open("COAP.sim", 5683);
  CHECK(net.network.has_transport(kTransport));
  net.run_for(49ms);
  CHECK_FALSE(net.poll<firmware::Opened>());
  net.run_for(1ms);
  CHECK(net.poll<firmware::Opened>());
}

TEST_CASE("a name that nobody has does not resolve") {
  Network net;
  net.open("no.such.name", 5683);
  net.run_for(100ms);
  const auto failed = net.poll<firmware::OpenFailed>();
  REQUIRE(failed);
  CHECK(failed->error == firmware::TransportError::kNameNotResolved);
  CHECK_FALSE(net.network.has_transport(kTransport));
}

TEST_CASE("an address where nobody is opens and stays silent") {
  Network net;
  net.open("203.0.113.9", 5683);
  CHECK(net.poll<firmware::Opened>());
  net.network.send(net.now, {kTransport, kGetTest});
  const auto sent = net.poll<firmware::DatagramSent>();
  REQUIRE(sent);
  CHECK(sent->handed_over);
  net.run_for(1h);
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("an unreachable network fails every open with its reason") {
  Network net;
  net.network.set_unreachable(true);
  net.open("198.51.100.7", 5683);
  const auto failed = net.poll<firmware::OpenFailed>();
  REQUIRE(failed);
  CHECK(failed->error == firmware::TransportError::kUnreachable);
  net.network.set_unreachable(false);
  net.open("198.51.100.7", 5683);
  CHECK(net.poll<firmware::Opened>());
}

TEST_CASE("a server answers the transport that asked") {
  Network net;
  net.open("198.51.100.7", 5683);
  net.network.send(net.now, {kTransport, kGetTest});
  net.run_for(1s);
  const auto received = net.poll<firmware::DatagramReceived>();
  REQUIRE(received);
  CHECK(received->transport == kTransport);
  CHECK(to_hex_lower(received->datagram).substr(0, 8) == "64450001");
}

TEST_CASE("nothing is reported of a transport that is closed") {
  Network net;
  SECTION("its answer is ready") {
    net.open("198.51.100.7", 5683);
    net.network.send(net.now, {kTransport, kGetTest});
    net.network.close({kTransport});
  }
  SECTION("its answer is under way") {
    Network slow({.downlink = {.delay = 5s}});
    slow.open("198.51.100.7", 5683);
    slow.network.send(slow.now, {kTransport, kGetTest});
    slow.network.close({kTransport});
    slow.run_for(10s);
    CHECK_FALSE(slow.network.poll_event());
  }
  SECTION("its name is looked up") {
    net.open("coap.sim", 5683);
    net.network.close({kTransport});
    net.run_for(1s);
  }
  CHECK_FALSE(net.network.has_transport(kTransport));
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("what an old transport asked for does not reach the next one") {
  Network net({.downlink = {.delay = 5s}});
  net.open("198.51.100.7", 5683);
  net.network.send(net.now, {kTransport, kGetTest});
  net.network.close({kTransport});
  net.network.open(net.now, {firmware::TransportId{8}, "198.51.100.7", 5683});
  net.run_for(10s);
  CHECK(net.poll<firmware::Opened>());
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("a datagram for a transport that is not there is told as not sent") {
  Network net;
  net.network.send(net.now, {kTransport, kGetTest});
  const auto sent = net.poll<firmware::DatagramSent>();
  REQUIRE(sent);
  CHECK_FALSE(sent->handed_over);
}

TEST_CASE("a question for a name, an echo and the time is answered once") {
  Network net;
  const auto answer_to = [&](const auto& question) {
    net.network.ask(net.now, {kQuery, question});
    net.run_for(10s);
    const auto answered = net.poll<firmware::Answered>();
    REQUIRE(answered);
    CHECK(answered->query == kQuery);
    CHECK_FALSE(net.network.poll_event());
    return answered->answer;
  };
  const auto name = answer_to(firmware::ResolveName{"coap.sim"});
  CHECK(std::get<firmware::NameResolved>(name).addresses ==
        std::vector<std::string>{"198.51.100.7"});
  const auto echo = answer_to(firmware::PingHost{"coap.sim", 32});
  CHECK(std::get<firmware::EchoReceived>(echo).address == "198.51.100.7");
  CHECK(std::get<firmware::EchoReceived>(echo).ttl == 56);
  CHECK(std::get<firmware::EchoReceived>(echo).round_trip == Duration(60ms));
  const auto time = answer_to(firmware::AskTime{"pool.ntp.org", 123});
  CHECK(std::get<firmware::TimeTold>(time).utc > CalendarTime{});
  const auto failure = answer_to(firmware::ResolveName{"no.such.name"});
  CHECK(std::get<firmware::QueryFailed>(failure).error == firmware::QueryError::kNameNotResolved);
}

TEST_CASE("a question that is cancelled is not answered") {
  Network net;
  net.network.ask(net.now, {kQuery, firmware::PingHost{"coap.sim", 32}});
  net.run_for(70ms);  // the name is known, the echo under way
  net.network.cancel({kQuery});
  net.run_for(10s);
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("a question is lost as a datagram is, and a name is asked again every five seconds") {
  Network net;
  net.network.link().set_down(Instant{7s});
  net.network.ask(net.now, {kQuery, firmware::AskTime{"198.51.100.1", 123}});
  net.network.ask(net.now, {firmware::QueryId{4}, firmware::ResolveName{"coap.sim"}});
  net.run_for(10s);
  CHECK_FALSE(net.network.poll_event());
  net.run_for(50ms);
  const auto answered = net.poll<firmware::Answered>();
  REQUIRE(answered);
  CHECK(answered->query == firmware::QueryId{4});
  net.run_for(1h);
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("an address in text is looked up without a link") {
  Network net;
  net.network.link().set_down(Instant{1h});
  net.network.ask(net.now, {kQuery, firmware::ResolveName{"192.0.2.9"}});
  net.run_for(1s);
  CHECK(net.poll<firmware::Answered>());
}

TEST_CASE("a ping takes the link's time both ways") {
  Network net({.uplink = {.delay = 100ms}, .downlink = {.delay = 20ms}});
  net.network.ask(net.now, {kQuery, firmware::PingHost{"198.51.100.7", 32}});
  net.run_for(1s);
  const auto answered = net.poll<firmware::Answered>();
  REQUIRE(answered);
  CHECK(std::get<firmware::EchoReceived>(answered->answer).round_trip == Duration(180ms));
}

TEST_CASE("a question or an answer that the link changes is not taken") {
  const net::LinkDirectionConfig changing{.corruption = 1.0};
  for (const auto& link : {net::LinkConfig{.uplink = changing}, {.downlink = changing}}) {
    Network net(link);
    net.network.ask(net.now, {kQuery, firmware::PingHost{"198.51.100.7", 32}});
    net.run_for(1h);
    CHECK_FALSE(net.network.poll_event());
  }
}

TEST_CASE("scripts do not count the packets of a question") {
  Network net({.steps = {{net::Direction::kUplink, 1, 1, net::LinkStepAction::kLose}}});
  net.open("coap.sim", 5683);
  net.run_for(1s);
  REQUIRE(net.poll<firmware::Opened>());
  net.network.send(net.now, {kTransport, kGetTest});
  net.run_for(1s);
  CHECK_FALSE(net.poll<firmware::DatagramReceived>());
}

TEST_CASE("the simulated time servers answer on the port of NTP") {
  Network net;
  net.network.ask(net.now, {kQuery, firmware::AskTime{"ntp.sim", 124}});
  net.run_for(1h);
  CHECK_FALSE(net.network.poll_event());
}

TEST_CASE("AT+QPING, AT+QNTP and AT+QIDNSGIP are answered by the simulated internet") {
  Bench bench;
  CHECK(bench.at("+QIACT=1") == framed("OK"));
  CHECK(bench.at("+QPING=1,\"coap.sim\",4,1") == framed("OK"));
  CHECK(bench.run_for(5s) ==
        framed("+QPING: 0,\"198.51.100.7\",32,60,56", "+QPING: 0,1,1,0,60,60,60"));
  CHECK(bench.at("+QIDNSGIP=1,\"coap.sim\"") == framed("OK"));
  CHECK(bench.run_for(1s) ==
        framed("+QIURC: \"dnsgip\",0,1,600", "+QIURC: \"dnsgip\",\"198.51.100.7\""));
  CHECK(bench.at("+QNTP=1,\"ntp.sim\"") == framed("OK"));
  CHECK(bench.run_for(1s).starts_with("\r\n+QNTP: 0,\"2025/01/01,"));
  CHECK(bench.asked<firmware::Query>().empty());
}

TEST_CASE("a power-off ends a question for good") {
  Bench bench("AT+QIDNSGIP#1+1ms: power-cut 1s\n");
  CHECK(bench.at("+QIACT=1") == framed("OK"));
  bench.inject("name-silent");
  CHECK(bench.at("+QIDNSGIP=1,\"coap.sim\"").find("dnsgip") == std::string::npos);
  const auto output = bench.run_for(10min);
  CHECK(output.find("RDY") != std::string::npos);
  CHECK(output.find("dnsgip") == std::string::npos);
}

TEST_CASE("a session with the note's server takes the note's identity and key from UFS") {
  Bench bench;
  constexpr std::string_view kPsk = "864508030012428&313233343446473839";
  CHECK(bench.at("+QFUPL=\"0_server.psk\",34", kPsk) == framed("CONNECT", "+QFUPL: 34,322e", "OK"));
  CHECK(bench.at("+QCOAPCFG=\"dtls\",0,1,0") == framed("OK"));
  CHECK(bench.at("+QCOAPOPEN=0,\"leshan.eclipseprojects.io\",5684") == framed("OK"));
  CHECK(bench.run_for(1min) == framed("+QCOAPOPEN: 0,0"));
  CHECK(bench.at("+QCOAPHEADER=0,9,0") == framed("OK"));
  CHECK(bench.at("+QCOAPOPTION=0,0,0,11,\"nowhere\"") == framed("OK"));
  CHECK(bench.message("0,1") ==
        framed("OK", "+QCOAPACK: 0,0,9,0", "+QCOAPRECV: 0,9,4.04,0,,0,9\r\nNot Found"));
  CHECK(bench.asked<firmware::SendDatagram>().empty());
}

TEST_CASE("a wrong key ends in -9 when the negotiation time is over") {
  Bench bench;
  bench.at("+QFUPL=\"0_server.psk\",34", "864508030012428&000000000000000000");
  bench.at("+QCOAPCFG=\"dtls\",0,1,0");
  CHECK(bench.at("+QCOAPOPEN=0,\"leshan.eclipseprojects.io\",5684") == framed("OK"));
  CHECK(bench.run_for(2min) == framed("+QCOAPOPEN: 0,-9"));
}
