// The serial line, time, configuration, faults, control and journal of the C library.
#include <algorithm>
#include <string>

#include "tests/support/catch.h"
#include "tests/unit/library/host.h"

using namespace library_test;

TEST_CASE("an AT is answered at its instant") {
  Host host("seed = 1");
  CHECK(host.say("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("no configuration is the defaults") {
  auto* modem = vmodem_create(nullptr, nullptr);
  REQUIRE(modem != nullptr);
  char octets[16];
  CHECK(vmodem_feed(modem, 0, "AT\r", 3) == 3);
  CHECK(vmodem_take(modem, octets, 2) == 2);
  CHECK(vmodem_take(modem, octets, sizeof octets) == 7);
  vmodem_destroy(modem);
}

TEST_CASE("a version is told") {
  CHECK(std::string(vmodem_version()).find('.') == 1);
}

TEST_CASE("a wrong configuration says where, what is wrong and what would be right") {
  CHECK(Host("seed = -1").error() ==
        "configuration:1:8: seed: -1 is not allowed; expected an integer, 0–9223372036854775807");
  CHECK(has(Host("[radio]\nrsi_dbm = 1").error(), "configuration:2:1"));
  CHECK(has(Host("faults = [\"server-silent:192.0.2.1:1\"]").error(), "no simulated server"));
  CHECK(Host("seed = 7").error().empty());
}

TEST_CASE("keys of files, ports and clocks are refused by name") {
  for (const std::string line :
       {"link = \"a\"", "state.directory = \"a\"", "ufs.directory = \"a\"", "log.level = \"info\"",
        "dtls.key_log = \"a\"", "journal.file = \"a\"", "listen = [\"unix:/tmp/a\"]",
        "record.file = \"a\"", "capture.file = \"a\"", "transcript.file = \"a\"",
        "control.address = \"unix:a\"", "time.mode = \"virtual\"", "scenario = \"a\"",
        "power.port = \"reappears\""}) {
    const auto key = line.substr(0, line.find(' '));
    CHECK(has(Host(line).error(), "configuration:1:", key + ": the library has no"));
  }
}

TEST_CASE("nothing is asked of no modem, and no octets are none") {
  CHECK(vmodem_feed(nullptr, 0, "AT\r", 3) == 0);
  CHECK(vmodem_take(nullptr, nullptr, 1) == 0);
  CHECK(vmodem_deadline(nullptr) == VMODEM_NEVER);
  vmodem_advance(nullptr, 1);
  CHECK_FALSE(vmodem_perform(nullptr, 0, "reset", nullptr));
  CHECK(vmodem_request(nullptr, 0, "GET", "/", nullptr, nullptr) == 0);
  CHECK(vmodem_journal(nullptr) == nullptr);
  CHECK_FALSE(vmodem_take_datagram(nullptr, nullptr));
  CHECK_FALSE(vmodem_feed_datagram(nullptr, 0, 1, "", 0));
  CHECK_FALSE(vmodem_take_query(nullptr, nullptr));
  CHECK_FALSE(vmodem_answer_query(nullptr, 0, 1, nullptr));
  vmodem_destroy(nullptr);
  vmodem_free(nullptr);

  Host host;
  CHECK(vmodem_feed(host.modem(), 0, nullptr, 3) == 0);
  CHECK(vmodem_take(host.modem(), nullptr, 3) == 0);
  CHECK_FALSE(vmodem_perform(host.modem(), 0, nullptr, nullptr));
  CHECK(vmodem_request(host.modem(), 0, nullptr, nullptr, nullptr, nullptr) == 400);
  CHECK_FALSE(vmodem_take_datagram(host.modem(), nullptr));
  CHECK_FALSE(vmodem_take_query(host.modem(), nullptr));
}

TEST_CASE("an instant that is earlier, or none, counts as the latest") {
  Host host("internet.calendar_start = \"2026-01-01T00:00:00Z\"");
  host.wait(10 * kSecond);
  CHECK(vmodem_feed(host.modem(), 1, "AT+CCLK?\r", 9) == 9);
  CHECK(has(host.take(), "OK"));
  vmodem_advance(host.modem(), -5);
  vmodem_advance(host.modem(), VMODEM_NEVER);
  CHECK(host.say("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("what is due happens at its own instant, in order") {
  Host host("power.at_start = \"cold\"\npower.boot = \"realistic\"");
  const auto due = vmodem_deadline(host.modem());
  REQUIRE(due != VMODEM_NEVER);
  CHECK(has(host.wait(60 * kSecond), "RDY"));
  std::string last;
  for (const auto& entry : host.journal()) {
    if (entry.find("RDY") != std::string::npos) last = entry;
  }
  CHECK(has(last, "\"at\""));
  CHECK_FALSE(has(last, "60.0"));
}

TEST_CASE("time that passed before an input has passed for it") {
  Host host("clock.start = \"2026-01-01T00:00:00Z\"\nclock.network = \"\"");
  CHECK(vmodem_feed(host.modem(), 90 * kSecond, "AT+CCLK?\r", 9) == 9);
  CHECK(has(host.take(), "26/01/01,00:01:30"));
}

TEST_CASE("faults that feed each other at one instant let time pass") {
  Host host("faults = [\"registration-lost@+CREG: 1#*\", \"registration-restored@+CREG: 2#*\"]");
  host.say("AT+CREG=1\r");
  REQUIRE(vmodem_perform(host.modem(), 0, "registration-lost", nullptr));
  host.wait(kSecond);
  CHECK(has(host.say("AT\r"), "OK"));
}

TEST_CASE("a fault happens at once, or at its occasion") {
  Host host;
  CHECK(vmodem_perform(host.modem(), 0, "drop-result", nullptr));
  CHECK(host.say("AT\r") == "AT\r");
  CHECK(vmodem_perform(host.modem(), 0, "drop-result@command#2", nullptr));
  CHECK(host.say("AT\r") == "AT\r\r\nOK\r\n");
  CHECK(host.say("AT\r") == "AT\r");
}

TEST_CASE("text that is no fault says why") {
  Host host;
  char* error = nullptr;
  CHECK_FALSE(vmodem_perform(host.modem(), 0, "drop-resul", &error));
  REQUIRE(error != nullptr);
  CHECK(has(std::string(error), "drop-resul", "right:"));
  vmodem_free(error);
}

TEST_CASE("the control interface is there without its transport") {
  Host host("seed = 1");
  char* answer = nullptr;
  CHECK(vmodem_request(host.modem(), 0, "GET", "/state", nullptr, &answer) == 200);
  REQUIRE(answer != nullptr);
  CHECK(answer[0] == '{');
  vmodem_free(answer);
  CHECK(vmodem_request(host.modem(), 0, "POST", "/verbs/drop-result", "{}", nullptr) == 200);
  CHECK(host.say("AT\r") == "AT\r");
  CHECK(vmodem_request(host.modem(), 0, "GET", "/nothing", nullptr, &answer) == 404);
  vmodem_free(answer);
  CHECK(vmodem_request(host.modem(), 0, "GET", "no path", nullptr, &answer) == 400);
  vmodem_free(answer);
  CHECK(vmodem_request(host.modem(), 0, "POST", "/time/step", nullptr, nullptr) == 409);
}

TEST_CASE("the journal is told once, the latest entries of it") {
  Host host;
  host.say("AT\r");
  const auto first = host.journal();
  REQUIRE(first.size() >= 3);
  CHECK(has(first.front(), "\"number\":1,", "\"kind\""));
  CHECK(host.journal().empty());
  for (int i = 0; i < 2000; ++i) host.say("AT\r");
  const auto kept = host.journal();
  CHECK(kept.size() == 4096);
  host.say("AT\r");
  CHECK(host.journal().size() < 10);
}

TEST_CASE("a host that is judged finds in the journal what it did wrong") {
  const auto findings = [](const char* configuration) {
    Host host(configuration);
    host.say("AT+CSQ\rATI\r");
    std::string all;
    for (const auto& entry : host.journal()) {
      if (has(entry, "\"kind\":\"lint.finding\"")) all += entry;
    }
    return all;
  };
  CHECK(has(findings("lint = \"report\""), "command-before-result"));
  CHECK(findings("").empty());
}

TEST_CASE("a line without an end fills the module's room, and never more") {
  Host host;
  const std::string flood(1 << 20, 'A');
  const auto taken = vmodem_feed(host.modem(), 0, flood.data(), flood.size());
  CHECK(taken <= flood.size());
  std::string output = host.take();
  CHECK(output.size() < 2 * flood.size());
}

TEST_CASE("the same goes in, the same comes out") {
  const auto run = [](const char* configuration) {
    Host host(configuration);
    std::string all = host.say("AT+QCOAPOPEN=0,\"coap.sim\",5683\r") + host.wait(kSecond);
    all += host.say("AT+QCOAPSEND=0,0,1,1,0\r") + host.wait(10 * kSecond);
    for (const auto& entry : host.journal()) all += entry + "\n";
    return all;
  };
  CHECK(run("seed = 7") == run("seed = 7"));
  CHECK(run("seed = 7") != run("seed = 8"));
  CHECK(run("") == run("seed = 1"));
}
