// Transcripts whose servers are simulated.
#include "tests/support/catch.h"
#include "tests/unit/conform/play_text.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kOpen =
    "> ATE0\n<< ATE0\\r\n< OK\n> AT+QCOAPOPEN=0,\"coap.sim\",5683\n< OK\n";

std::optional<Failure> play_behind_open(std::string_view header, std::string_view steps) {
  return play_text(std::string(header) + std::string(kOpen) + std::string(steps));
}

TEST_CASE("the simulated internet answers where the transcript asks for it") {
  CHECK_FALSE(play_behind_open("internet\n", "wait 1s\n< +QCOAPOPEN: 0,0\n"));
}

TEST_CASE("without the simulated internet its names are unreachable") {
  CHECK_FALSE(play_behind_open("", "< +QCOAPOPEN: 0,-7\n"));
}

TEST_CASE("an address that nobody has is silent in the simulated internet") {
  constexpr std::string_view kSteps =
      "> ATE0\n<< ATE0\\r\n< OK\n> AT+QCOAPOPEN=0,\"203.0.113.9\",5683\n< OK\n";
  CHECK_FALSE(play_text("internet\n" + std::string(kSteps) + "< +QCOAPOPEN: 0,0\n"));
  CHECK_FALSE(play_text(std::string(kSteps) + "< +QCOAPOPEN: 0,-7\n"));
}

TEST_CASE("a peer wins over the simulated server at its place") {
  constexpr std::string_view kHeader =
      "internet\npeer own coap.sim:5683\nreal no — a peer within the internet\n";
  CHECK_FALSE(play_behind_open(kHeader,
                               "< +QCOAPOPEN: 0,0\n> AT+QCOAPHEADER=0,1000,0\n< OK\n"
                               "> AT+QCOAPSEND=0,1,1,0,0\n< OK\n< +QCOAPACK: 0,1,1000,0\n"
                               "udp< own 50 01 03e8\n"));
}

TEST_CASE("faults happen to the modem of a transcript") {
  CHECK_FALSE(play_behind_open("internet\nfault AT+QCOAPOPEN: name-fails coap.sim\n",
                               "wait 1s\n< +QCOAPOPEN: 0,-5\n"));
}

TEST_CASE("questions are answered by the simulated internet") {
  CHECK_FALSE(
      play_text("internet\n> ATE0\n<< ATE0\\r\n< OK\n> AT+QIACT=1\n< OK\n"
                "> AT+QIDNSGIP=1,\"coap.sim\"\n< OK\nwait 1s\n"
                "< +QIURC: \"dnsgip\",0,1,600\n< +QIURC: \"dnsgip\",\"198.51.100.7\"\n"));
}

}  // namespace
}  // namespace vmodem::conform
