#include "firmware/journal/transcript/redacted_transcript_writer.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::journal;
using vmodem::transcript::RedactedTranscriptWriter;

namespace {

std::string transcript_of(std::vector<Event> events) {
  RedactedTranscriptWriter writer;
  Number number = 0;
  for (auto& event : events) writer.handle({++number, Instant(1s), 0, std::move(event)});
  return writer.take_text();
}

}  // namespace

TEST_CASE("lines are as the journal masks them") {
  CHECK(transcript_of({LineCommand{"AT+CPIN=\"…\""}, LineResult{"OK"}}) ==
        "wait 1s\n> AT+CPIN=\"…\"\n< OK\n");
}

TEST_CASE("an answer of several lines") {
  CHECK(transcript_of({LineCommand{"ATI"}, LineAnswer{"Quectel"}, LineAnswer{"BG95-M3"},
                       LineResult{"OK"}}) == "wait 1s\n> ATI\n< Quectel\n<+ BG95-M3\n< OK\n");
}

TEST_CASE("data and datagrams are sizes") {
  CHECK(transcript_of({LineCommand{"AT+QFUPL=\"a\",5"}, LinePrompt{"CONNECT"},
                       LineData{"from_host", 5}, LineUrc{"+QCOAPRECV: 0,1,2.05,1,1", 9},
                       DatagramUp{1, "real", {}, {}, Bytes(38, 'x')},
                       DatagramDown{1, "simulated", {}, {}, Bytes(4, 'x')}}) ==
        "wait 1s\n> AT+QFUPL=\"a\",5\n< CONNECT\n# 5 octets from the host\n"
        "< +QCOAPRECV: 0,1,2.05,1,1\n# 9 octets behind it\n"
        "# udp< 38 octets, real network\n# udp> 4 octets, simulated network\n");
}

TEST_CASE("a prompt is written as the octets it is") {
  CHECK(transcript_of({LineCommand{"AT"}, LinePrompt{">"}}) == "wait 1s\n> AT\n<< \\r\\n>\\x20\n");
}
