// The caller's own network of the C library, and the simulated one behind it.
#include <string>

#include "tests/support/catch.h"
#include "tests/unit/library/host.h"

using namespace library_test;

namespace {

const std::string kRouted =
    "routes = [\"203.0.113.5:5683=127.0.0.1:1\", \"server.test:5683=127.0.0.1:1\"]\n"
    "dialect.ack_random_factor = 1.0\n";

// To the routed address.
void open_session(Host& host) {
  host.say("ATE0\r");
  CHECK(host.say("AT+QCOAPOPEN=0,\"203.0.113.5\",5683\r") == "\r\nOK\r\n\r\n+QCOAPOPEN: 0,0\r\n");
  host.say("AT+QCOAPCFG=\"trans\",0,4,5\r");
  host.say("AT+QCOAPHEADER=0,1234,1\r");
}

std::string acknowledge(const std::string& request, const std::string& rest) {
  const auto token_size = static_cast<std::size_t>(request[0] & 0x0F);
  auto answer = request.substr(0, 4 + token_size);
  answer[0] = static_cast<char>(0x60 | token_size);
  answer[1] = 0x45;
  return answer + rest;
}

}  // namespace

TEST_CASE("a request to a simulated server is answered") {
  Host host("seed = 1");
  host.say("ATE0\r");
  host.say("AT+QCOAPOPEN=0,\"coap.sim\",5683\r");
  CHECK(host.wait(kSecond) == "\r\n+QCOAPOPEN: 0,0\r\n");
  host.say("AT+QCOAPHEADER=0,1234,1\r");
  host.say("AT+QCOAPOPTION=0,0,0,11,\"test\"\r");
  CHECK(has(host.say("AT+QCOAPSEND=0,0,1,1,0\r") + host.wait(kSecond), "+QCOAPACK: 0,0,1234,0",
            "+QCOAPRECV: 0,1234,2.05"));
  CHECK(host.datagrams().empty());
}

TEST_CASE("five minutes of retransmission pass in one call") {
  Host host(kRouted);
  open_session(host);
  CHECK(host.say("AT+QCOAPSEND=0,0,1,1,0\r") == "\r\nOK\r\n");
  const auto output = host.wait(300 * kSecond);
  for (const char* line :
       {"+QCOAPIND: 0,0,1234,1,-11", "+QCOAPIND: 0,0,1234,5,-11", "+QCOAPACK: 0,0,1234,-11"}) {
    CHECK(has(output, line));
  }
  const auto sent = host.datagrams();
  REQUIRE(sent.size() == 6);
  for (const auto& one : sent) CHECK(one.octets == sent.front().octets);
  CHECK(sent.front().host == "203.0.113.5");
  CHECK(sent.front().port == 5683);
}

TEST_CASE("a server of the caller answers a routed peer's datagram") {
  Host host(kRouted);
  open_session(host);
  host.say("AT+QCOAPSEND=0,0,1,1,0\r");
  const auto sent = host.datagrams();
  REQUIRE(sent.size() == 1);
  const auto answer = acknowledge(sent[0].octets, "\xFFhello");
  host.wait(2 * kSecond);
  CHECK(vmodem_feed_datagram(host.modem(), host.now(), sent[0].session, answer.data(),
                             answer.size()));
  const auto output = host.take();
  CHECK(has(output, "+QCOAPACK: 0,0,1234,0", "hello"));
  host.wait(300 * kSecond);
  CHECK(host.datagrams().empty());
}

TEST_CASE("an answer at the instant of the retransmission is heard before it") {
  Host host(kRouted);
  open_session(host);
  host.say("AT+QCOAPSEND=0,0,1,1,0\r");
  const auto sent = host.datagrams();
  REQUIRE(sent.size() == 1);
  const auto answer = acknowledge(sent[0].octets, "");
  CHECK(vmodem_feed_datagram(host.modem(), vmodem_deadline(host.modem()), sent[0].session,
                             answer.data(), answer.size()));
  host.wait(300 * kSecond);
  CHECK(host.datagrams().empty());
}

TEST_CASE("a session that is closed takes its datagrams along and hears nothing more") {
  Host host(kRouted);
  open_session(host);
  host.say("AT+QCOAPSEND=0,0,1,1,0\r");
  vmodem_datagram one;
  REQUIRE(vmodem_take_datagram(host.modem(), &one));
  const auto session = one.session;
  host.wait(5 * kSecond);
  host.say("AT+QCOAPCLOSE=0\r");
  host.wait(300 * kSecond);
  CHECK(host.datagrams().empty());
  CHECK_FALSE(vmodem_feed_datagram(host.modem(), host.now(), session, "\x60\x00\x04\xd2", 4));
  CHECK_FALSE(vmodem_feed_datagram(host.modem(), host.now(), 77, "", 0));
}

TEST_CASE("a name that is routed is asked for") {
  Host host(kRouted);
  host.say("ATE0\r");
  CHECK(host.say("AT+QCOAPOPEN=0,\"server.test\",5683\r") == "\r\nOK\r\n");
  vmodem_query query;
  REQUIRE(vmodem_take_query(host.modem(), &query));
  CHECK(query.question == VMODEM_NAME);
  CHECK(std::string(query.host) == "server.test");

  SECTION("and has an address") {
    CHECK_FALSE(vmodem_answer_query(host.modem(), 0, query.number, "no address"));
    CHECK_FALSE(vmodem_answer_query(host.modem(), 0, query.number + 1, "192.0.2.9"));
    CHECK(vmodem_answer_query(host.modem(), 0, query.number, "192.0.2.9 2001:db8::9"));
    CHECK(host.take() == "\r\n+QCOAPOPEN: 0,0\r\n");
    CHECK_FALSE(vmodem_answer_query(host.modem(), 0, query.number, "192.0.2.9"));
    host.say("AT+QCOAPSEND=0,1,1,1,0\r");
    const auto sent = host.datagrams();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].host == "server.test");
  }
  SECTION("and is none") {
    CHECK(vmodem_answer_query(host.modem(), 0, query.number, nullptr));
    CHECK(host.take() == "\r\n+QCOAPOPEN: 0,-5\r\n");
  }
  SECTION("and nobody answers") {
    CHECK(has(host.wait(200 * kSecond), "+QCOAPOPEN: 0,-"));
    CHECK_FALSE(vmodem_answer_query(host.modem(), host.now(), query.number, "192.0.2.9"));
  }
  SECTION("and the session is closed before") {
    host.say("AT+QCOAPCLOSE=0\r");
    host.wait(kSecond);
    CHECK_FALSE(vmodem_answer_query(host.modem(), host.now(), query.number, "192.0.2.9"));
  }
}

TEST_CASE("pings, look-ups and the time of the caller's network are questions too") {
  Host host("network.mode = \"host\"\ninternet.shipped = false");
  host.say("ATE0\rAT+QIACT=1\r");
  vmodem_query query;

  CHECK(host.say("AT+QIDNSGIP=1,\"there.test\"\r") == "\r\nOK\r\n");
  REQUIRE(vmodem_take_query(host.modem(), &query));
  CHECK(query.question == VMODEM_NAME);
  CHECK(vmodem_answer_query(host.modem(), 0, query.number, "192.0.2.9"));
  CHECK(has(host.take(), "+QIURC: \"dnsgip\",\"192.0.2.9\""));

  host.say("AT+QPING=1,\"192.0.2.9\",3,1\r");
  REQUIRE(vmodem_take_query(host.modem(), &query));
  CHECK(query.question == VMODEM_PING);
  host.wait(kSecond / 10);
  CHECK(vmodem_answer_query(host.modem(), host.now(), query.number, "192.0.2.9"));
  CHECK(has(host.take(), "+QPING: 0,\"192.0.2.9\",32,100,64"));

  host.say("AT+QNTP=1,\"ntp.test\"\r");
  REQUIRE(vmodem_take_query(host.modem(), &query));
  CHECK(query.question == VMODEM_TIME);
  CHECK_FALSE(vmodem_answer_query(host.modem(), host.now(), query.number, "99999999999999999999"));
  CHECK_FALSE(vmodem_answer_query(host.modem(), host.now(), query.number, "noon"));
  CHECK(vmodem_answer_query(host.modem(), host.now(), query.number, "1767225600"));
  CHECK(has(host.take(), "+QNTP: 0,\"2026/01/01,00:00:00"));
}

TEST_CASE("datagrams that nobody takes are bounded") {
  Host host(kRouted + "dialect.nstart = 1\n");
  open_session(host);
  constexpr int kCount = 1100;
  for (int i = 0; i < kCount; ++i) {
    host.say("AT+QCOAPSEND=0,1,1,1,0\r");
    host.wait(10 * kSecond);
  }
  CHECK(host.datagrams().size() == 1024);
  host.say("AT+QCOAPSEND=0,1,1,1,0\r");
  CHECK(host.datagrams().size() == 1);
}

TEST_CASE("DTLS to a simulated server is set up and used") {
  Host host("seed = 1");
  host.say("ATE0\r");
  host.say("AT+QFUPL=\"0_server.psk\",21\r");
  CHECK(has(host.say("password&736573616D65"), "+QFUPL: 21,5519"));
  host.say("AT+QCOAPCFG=\"dtls\",0,1,0\r");
  host.say("AT+QSSLCFG=\"ciphersuite\",0,0xC0A8\r");
  host.say("AT+QCOAPOPEN=0,\"coap.sim\",5684\r");
  CHECK(host.wait(2 * kSecond) == "\r\n+QCOAPOPEN: 0,0\r\n");
  host.say("AT+QCOAPOPTION=0,0,0,11,\"secure\"\r");
  CHECK(has(host.say("AT+QCOAPSEND=0,0,1,1,0\r") + host.wait(kSecond), "Only within DTLS."));
}
