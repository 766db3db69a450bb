#include "tests/support/catch.h"
#include "tests/unit/conform/play_text.h"
#include "tools/conform/report.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kSession = R"(set dialect.ack_random_factor=1.0
peer cloud 203.0.113.5:5683
> ATE0
<< ATE0\r
< OK
> AT+QCOAPOPEN=0,"203.0.113.5",5683
< OK
< +QCOAPOPEN: 0,0
> AT+QCOAPHEADER=0,1000,0
< OK
> AT+QCOAPSEND=0,0,1,0,0
< OK
)";
constexpr std::size_t kSessionLines = 12;

std::optional<Failure> play_in_session(std::string_view text) {
  return play_text(std::string(kSession) + std::string(text));
}

TEST_CASE("a dialogue that is as it is written passes") {
  CHECK_FALSE(
      play_in_session("udp< cloud 40 01 03e8\nudp> cloud 60 00 03e8\n"
                      "< +QCOAPACK: 0,0,1000,0\n"));
}

TEST_CASE("a line that has the shape passes, and its text is meant again") {
  CHECK_FALSE(play_text("> ATE0\n<< ATE0\\r\n< OK\n> AT+CSQ\n<~ +CSQ: {rssi:digits},{ber:digits}\n< OK\n"
                        "> AT+CSQ\n< +CSQ: ${rssi},${ber}\n< OK\n"));
  const auto failure = play_text("> ATE0\n<< ATE0\\r\n< OK\n> AT+CSQ\n<~ +CSQ: {rssi:digits}\n< OK\n");
  REQUIRE(failure);
  CHECK(failure->line == 5);
  CHECK(failure->actual.starts_with("\\r\\n+CSQ: "));
}

TEST_CASE("lines pass in any order where the order is open, and none may be missing") {
  constexpr std::string_view kAsk = "> ATE0\n<< ATE0\\r\n< OK\n> AT+CFUN?;+CMEE?\n";
  CHECK_FALSE(play_text(std::string(kAsk) + "unordered\n< +CMEE: 1\n< +CFUN: 1\nend\n< OK\n"));
  const auto failure =
      play_text(std::string(kAsk) + "unordered\n< +CMEE: 1\n< +CFUN: 4\nend\n< OK\n");
  REQUIRE(failure);
  CHECK(failure->line == 5);
}

TEST_CASE("silence ends with the first octet, absence with the line that is named") {
  CHECK_FALSE(play_text("> AT\n<< AT\\r\n< OK\nsilence 5s\n"));
  const auto loud = play_text("> AT\n<< AT\\r\nsilence 5s\n< OK\n");
  REQUIRE(loud);
  CHECK(loud->line == 3);
  CHECK_FALSE(play_text("> AT\n<< AT\\r\nabsent 5s ERROR\n< OK\n"));
  CHECK(play_text("> AT\n<< AT\\r\nabsent 5s OK\n< OK\n"));
}

TEST_CASE("a peer's last datagram comes again") {
  CHECK_FALSE(
      play_in_session("udp< cloud 40 01 03e8\nudp> cloud 60 00 03e8\n"
                      "< +QCOAPACK: 0,0,1000,0\nagain cloud\nsilence 5s\n"));
}

TEST_CASE("what cleans up is done behind a failure too, and the failure stays") {
  const auto script = parse_script("> AT\n<< AT\\r\n< ERROR\n\nclean-up\n> ATE0\n<< ATE0\\r\n< OK\n");
  REQUIRE(script);
  const auto config = make_modem_config(*script);
  REQUIRE(config);
  ModemBackend backend(*config, *script);
  const auto failure = play(*script, backend);
  REQUIRE(failure);
  CHECK(failure->line == 3);
  Inbox inbox;
  inbox.datagrams.resize(0);
  REQUIRE(backend.send_serial(inbox, as_bytes("AT\r")));
  REQUIRE(backend.settle(inbox));
  CHECK(inbox.serial == "\r\nOK\r\n");
}

TEST_CASE("another octet than the expected one fails at its line") {
  const auto failure = play_text("> AT\n<< AT\\r\n< ERROR\n");
  REQUIRE(failure);
  CHECK(failure->line == 3);
  CHECK(failure->expected == "\\r\\nERROR\\r\\n");
  CHECK(failure->actual == "\\r\\nOK\\r\\n");
  CHECK(failure->dialogue.size() == 2);
}

TEST_CASE("an answer that does not come fails at its line") {
  const auto failure = play_text("> AT\n<< AT\\r\n< OK\n< OK\n");
  REQUIRE(failure);
  CHECK(failure->line == 4);
  CHECK(failure->actual.empty());
}

TEST_CASE("octets that are left over at the end fail") {
  const auto failure = play_text("> AT\n<< AT\\r\n");
  REQUIRE(failure);
  CHECK(failure->actual == "\\r\\nOK\\r\\n");
}

TEST_CASE("a datagram that is left over at the end fails") {
  const auto failure = play_in_session("");
  REQUIRE(failure);
  CHECK(failure->actual == "udp< cloud 40 01 03e8");
}

TEST_CASE("another datagram than the expected one fails at its line") {
  const auto failure = play_in_session("udp< cloud 40 01 03e9\n");
  REQUIRE(failure);
  CHECK(failure->line == kSessionLines + 1);
  CHECK(failure->actual == "40 01 03e8");
}

TEST_CASE("a datagram that does not come fails at its line") {
  const auto failure = play_in_session("udp< cloud 40 01 03e8\nudp< cloud 40 01 03e8\n");
  REQUIRE(failure);
  CHECK(failure->line == kSessionLines + 2);
}

TEST_CASE("what comes before an instant fails there, what comes at it does not") {
  const std::string first = "udp< cloud 40 01 03e8\nmark\n";
  CHECK_FALSE(play_in_session(first + "at 2s\nudp< cloud 40 01 03e8\n"));

  const auto late = play_in_session(first + "at 2001ms\nudp< cloud 40 01 03e8\n");
  REQUIRE(late);
  CHECK(late->line == kSessionLines + 3);
  CHECK(late->actual == "udp< cloud 40 01 03e8");

  const auto early = play_in_session(first + "at 1999ms\nudp< cloud 40 01 03e8\n");
  REQUIRE(early);
  CHECK(early->line == kSessionLines + 4);
}

TEST_CASE("an instant that is over fails") {
  const auto failure = play_text("mark\nwait 2s\nat 1s\n");
  REQUIRE(failure);
  CHECK(failure->line == 3);
}

TEST_CASE("what comes while one waits is expected afterwards") {
  CHECK_FALSE(play_in_session("udp< cloud 40 01 03e8\nwait 3s\nudp< cloud 40 01 03e8\n"));
  CHECK(play_in_session("udp< cloud 40 01 03e8\nwait 3s\n"));
}

TEST_CASE("a report says file, line, expected and actual octets, and the dialogue") {
  const auto text = to_text(failed("a.at", *play_text("> AT\n<< AT\\r\n< ERROR\n")));
  CHECK(text.find("a.at:3") != std::string::npos);
  CHECK(text.find("expected  \\r\\nERROR\\r\\n") != std::string::npos);
  CHECK(text.find("actual    \\r\\nOK\\r\\n") != std::string::npos);
  CHECK(text.find("> AT") != std::string::npos);
}

}  // namespace
}  // namespace vmodem::conform
