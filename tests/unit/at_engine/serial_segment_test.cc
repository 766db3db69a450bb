#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;
using namespace std::string_literals;

namespace {

constexpr auto kEcho = SegmentKind::kEcho;
constexpr auto kPrompt = SegmentKind::kPrompt;
constexpr auto kRaw = SegmentKind::kRaw;
constexpr auto kInformation = SegmentKind::kInformation;
constexpr auto kFinal = SegmentKind::kFinalResult;
constexpr auto kUrc = SegmentKind::kUrc;

struct Segment {
  SegmentKind kind;
  std::string octets;

  friend bool operator==(const Segment&, const Segment&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Segment& segment) {
    return out << static_cast<int>(segment.kind) << ' ' << segment.octets;
  }
};
using Segments = std::vector<Segment>;

// What is pending, segment by segment.
Segments read(Engine& engine) {
  Segments segments;
  while (const auto segment = engine.poll_serial_segment()) {
    segments.push_back({segment->kind, std::string(as_text(segment->octets))});
    engine.handle_serial_written(segment->octets.size());
  }
  CHECK(engine.poll_serial().empty());
  return segments;
}

// The engine has worked off `octets`; nobody has read yet.
void run(Host& host, std::string_view octets) {
  host.queue(octets);
  while (host.engine.step(host.now)) continue;
}

Segments segments_of(Host& host, std::string_view octets) {
  run(host, octets);
  return read(host.engine);
}

}  // namespace

TEST_CASE("a silent line has no segment") {
  Host host;
  CHECK_FALSE(host.engine.poll_serial_segment());
  CHECK(segments_of(host, "A").empty());
}

TEST_CASE("echo, information line and final result are told apart") {
  Host host(Host::Echo::kOn);
  CHECK(segments_of(host, "AT+INT?\r") ==
        Segments{{kEcho, "AT+INT?\r"}, {kInformation, "\r\n+INT: 7\r\n"}, {kFinal, "\r\nOK\r\n"}});
}

TEST_CASE("each line of an answer is a segment, the first with the line end in front") {
  Host host;
  CHECK(segments_of(host, "AT+INFO\r") == Segments{{kInformation, "\r\nMaker\r\n"},
                                                   {kInformation, "Model\r\n"},
                                                   {kInformation, "Revision: 1\r\n"},
                                                   {kFinal, "\r\nOK\r\n"}});
}

TEST_CASE("numbers and errors are final results as OK is") {
  Host host;
  CHECK(segments_of(host, "AT+FAIL\r") == Segments{{kFinal, "\r\n+CME ERROR: 3\r\n"}});
  CHECK(segments_of(host, "AT+REFUSE\r") == Segments{{kFinal, "\r\nERROR\r\n"}});
  CHECK(segments_of(host, "ATD\r") == Segments{{kFinal, "\r\nNO CARRIER\r\n"}});
  CHECK(segments_of(host, "ATV0\r") == Segments{{kFinal, "0\r"}});
  CHECK(segments_of(host, "AT+INFO\r") == Segments{{kInformation, "Maker\r\n"},
                                                   {kInformation, "Model\r\n"},
                                                   {kInformation, "Revision: 1\r\n"},
                                                   {kFinal, "0\r"}});
}

TEST_CASE("the prompt of a data mode is none of its answer's lines") {
  Host host;
  CHECK(segments_of(host, "AT+SIZED=1\r") == Segments{{kPrompt, "\r\n> "}});
  CHECK(segments_of(host, "x") ==
        Segments{{kInformation, "\r\n+DATA: 1\r\n"}, {kFinal, "\r\nOK\r\n"}});
  CHECK(segments_of(host, "AT+UPLOAD=1\r") == Segments{{kPrompt, "\r\nCONNECT\r\n"}});
}

TEST_CASE("a download is raw between its CONNECT and its information") {
  Host host;
  CHECK(segments_of(host, "AT+GET\r") == Segments{{kPrompt, "\r\nCONNECT 4\r\n"},
                                                  {kRaw, "\x00\r\n\xFF"s},
                                                  {kInformation, "\r\n+GET: 4\r\n"},
                                                  {kFinal, "\r\nOK\r\n"}});
}

TEST_CASE("the acknowledgements of an upload are raw") {
  Host host;
  CHECK(segments_of(host, "AT+UPLOAD=2048,5,1\r").size() == 1);
  CHECK(segments_of(host, std::string(2048, 'x')) ==
        Segments{{kRaw, "AA"}, {kInformation, "\r\n+DATA: 2048\r\n"}, {kFinal, "\r\nOK\r\n"}});
}

TEST_CASE("each URC is a segment with its payload") {
  Host host;
  host.engine.post(host.now, {"+RECV: 4", to_bytes({"\x00\r\n\xFF", 4})});
  host.engine.post(host.now, {"+URC: 2", {}});
  CHECK(read(host.engine) ==
        Segments{{kUrc, "\r\n+RECV: 4\r\n\x00\r\n\xFF\r\n"s}, {kUrc, "\r\n+URC: 2\r\n"}});
}

TEST_CASE("each final result of several lines is a segment") {
  Host host;
  run(host, "AT\rAT+FAIL\r");
  CHECK(read(host.engine) == Segments{{kFinal, "\r\nOK\r\n"}, {kFinal, "\r\n+CME ERROR: 3\r\n"}});
}

TEST_CASE("an echo that comes octet by octet is one segment, a later line's another") {
  Host host(Host::Echo::kOn);
  run(host, "A");
  run(host, "T");
  run(host, "\rAT");
  CHECK(read(host.engine) == Segments{{kEcho, "AT\r"}, {kFinal, "\r\nOK\r\n"}, {kEcho, "AT"}});
}

TEST_CASE("a segment of which a part was written is the rest of it") {
  Host host;
  run(host, "AT+INT?\r");
  host.engine.handle_serial_written(5);
  CHECK(read(host.engine) == Segments{{kInformation, "T: 7\r\n"}, {kFinal, "\r\nOK\r\n"}});

  run(host, "AT+INT?\r");
  host.engine.handle_serial_written(11 + 2);
  CHECK(read(host.engine) == Segments{{kFinal, "OK\r\n"}});
}

TEST_CASE("segments joined are what is pending, whatever was written at a time") {
  Host host(Host::Echo::kOn);
  std::string expected;
  std::string seen;
  for (int i = 0; i < 3000; ++i) {
    const auto before = host.engine.poll_serial().size();
    run(host, "AT+INFO;+GET\r");
    host.engine.post(host.now, {"+URC: " + std::to_string(i), {}});
    expected += as_text(host.engine.poll_serial().subspan(before));
    while (host.engine.poll_serial().size() > 100) {
      const auto segment = host.engine.poll_serial_segment();
      REQUIRE(segment);
      REQUIRE(segment->octets.data() == host.engine.poll_serial().data());
      const auto taken = segment->octets.first(std::min<std::size_t>(segment->octets.size(), 7));
      seen += as_text(taken);
      host.engine.handle_serial_written(taken.size());
    }
  }
  for (const auto& [kind, octets] : read(host.engine)) seen += octets;
  CHECK(seen == expected);
}

TEST_CASE("what was dropped at the bound has no segment") {
  Host host;
  const std::string big(SerialOutput::kSizeMax - 100, 'x');
  host.engine.post(host.now, {"+URC: 1", to_bytes(big)});
  host.engine.post(host.now, {"+URC: 2", to_bytes(big)});
  CHECK(host.engine.dropped_output_count() > big.size());
  CHECK(read(host.engine) == Segments{{kUrc, "\r\n+URC: 1\r\n" + big + "\r\n"}});
}
