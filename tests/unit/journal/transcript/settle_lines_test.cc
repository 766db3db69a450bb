// What a recorder of a real line relies on: its octets come in pieces, torn anywhere.
#include "firmware/journal/transcript/transcript_writer.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::transcript;

namespace {

// The pieces of one burst, each settled as far as it is whole lines.
std::string text_of(std::initializer_list<std::string_view> pieces) {
  TranscriptWriter writer;
  writer.handle_input(Instant{}, as_bytes("AT\r"));
  for (const auto piece : pieces) {
    writer.handle_output(Instant{}, as_bytes(piece));
    writer.settle_lines();
  }
  writer.finish();
  return writer.take_text();
}

}  // namespace

TEST_CASE("an answer is the same lines wherever the line tore it") {
  const std::string_view answer = "AT\r\r\n+CSQ: 20,99\r\n+CSQ: 21,99\r\n\r\nOK\r\n";
  const auto whole = text_of({answer});
  CHECK(whole == "> AT\n<< AT\\r\n< +CSQ: 20,99\n<+ +CSQ: 21,99\n< OK\n");
  for (std::size_t at = 1; at < answer.size(); ++at) {
    CAPTURE(at);
    CHECK(text_of({answer.substr(0, at), answer.substr(at)}) == whole);
  }
}

TEST_CASE("a line is there as soon as it is whole, and what may go on is not") {
  TranscriptWriter writer;
  writer.handle_output(Instant{}, as_bytes("\r\nRDY\r\n\r\nAPP"));
  writer.settle_lines();
  CHECK(writer.take_text() == "wait 1ms\n< RDY\n");
  writer.settle();
  CHECK(writer.take_text() == "<< \\r\\nAPP\n");
}

TEST_CASE("octets without a line end do not wait for one beyond a bound") {
  TranscriptWriter writer;
  const std::string octets(TranscriptWriter::kWaitingMax, 'x');
  writer.handle_input(Instant{}, as_bytes(octets));
  CHECK(writer.take_text().size() > octets.size());
  writer.handle_output(Instant{}, as_bytes(octets));
  CHECK(writer.take_text().size() > octets.size());
}

TEST_CASE("what a case would take for the name of a variable is written in escapes") {
  TranscriptWriter writer;
  writer.handle_input(Instant{}, as_bytes("AT+X=${a}\r"));
  writer.handle_output(Instant{}, as_bytes("\r\n${a}\r\n"));
  writer.finish();
  CHECK(writer.take_text() == ">> AT+X=\\x24{a}\\r\n<< \\r\\n$\\x7Ba}\n<< \\r\\n\n");
}
