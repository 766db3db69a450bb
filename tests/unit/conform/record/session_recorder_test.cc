#include "tools/conform/record/session_recorder.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::conform;

namespace {

class Recording {
 public:
  Recording& host(Duration when, std::string_view octets) {
    recorder_.handle_host(kBegin + when, as_bytes(octets));
    return *this;
  }
  Recording& device(Duration when, std::string_view octets) {
    recorder_.handle_device(kBegin + when, as_bytes(octets));
    return *this;
  }
  std::string text() {
    recorder_.finish();
    return recorder_.take_text();
  }
  SessionRecorder& recorder() { return recorder_; }

  // No recording begins with the machine.
  static constexpr Instant kBegin{1h};

 private:
  SessionRecorder recorder_;
};

}  // namespace

TEST_CASE("what is said at once has no wait, and a wait stands where somebody waited") {
  Recording session;
  session.host(0ms, "AT\r").device(1ms, "AT\r\r\nOK\r\n");
  session.host(1500ms, "ATI\r")
      .device(1501ms, "\r\nQuectel\r\nBG95-M3\r\n")
      .device(1700ms, "\r\nOK\r\n");
  CHECK(session.text() ==
        "> AT\n<< AT\\r\n< OK\n\n"
        "wait 1500ms\n> ATI\n< Quectel\n<+ BG95-M3\nwait 201ms\n< OK\n");
}

TEST_CASE("an answer that a slow line brings octet by octet is one answer") {
  Recording session;
  session.host(0ms, "AT+CSQ\r");
  const std::string_view answer = "\r\n+CSQ: 20,99\r\n\r\nOK\r\n";
  for (std::size_t i = 0; i < answer.size(); ++i) {
    session.device(1ms + i * 1ms, answer.substr(i, 1));
  }
  CHECK(session.text() == "> AT+CSQ\n< +CSQ: 20,99\n< OK\n");
}

TEST_CASE("a prompt is written when the line has been quiet for a moment") {
  Recording session;
  session.host(0ms, "AT+QFUPL=\"a\",3\r").device(1ms, "\r\n> ");
  auto& recorder = session.recorder();
  CHECK(recorder.take_text() == "> AT+QFUPL=\"a\",3\n");
  REQUIRE(recorder.poll_timeout() == Recording::kBegin + 1ms + SessionRecorder::kTornMax);
  recorder.handle_timeout(*recorder.poll_timeout());
  CHECK(recorder.take_text() == "<< \\r\\n>\\x20\n");
  CHECK_FALSE(recorder.poll_timeout());
}

TEST_CASE("an octet of any value survives in both directions") {
  std::string octets;
  for (int value = 0; value < 256; ++value) octets += static_cast<char>(value);
  Recording session;
  const auto text = session.host(0ms, octets).device(1ms, octets).text();
  CHECK(text.find("\\x00\\x01") != std::string::npos);
  CHECK(text.find("\\xFE\\xFF") != std::string::npos);
}
