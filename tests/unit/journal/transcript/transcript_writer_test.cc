#include "firmware/journal/transcript/transcript_writer.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::transcript;
using namespace vmodem::firmware;

namespace {

constexpr TransportId kTransport{7};

Instant at(Duration since_start) {
  return Instant(since_start);
}

// What a session of these calls is as a transcript, without its head.
class Session {
 public:
  Session& host(Duration when, std::string_view octets) {
    writer_.handle_input(at(when), as_bytes(octets));
    return *this;
  }
  Session& module(Duration when, std::string_view octets) {
    writer_.handle_output(at(when), as_bytes(octets));
    return *this;
  }
  Session& action(Duration when, const Action& action) {
    writer_.handle_action(at(when), action);
    return *this;
  }
  Session& news(Duration when, const NetworkEvent& event) {
    writer_.handle_event(at(when), event);
    return *this;
  }
  Session& settle() {
    writer_.settle();
    return *this;
  }
  std::string text() {
    writer_.finish();
    return writer_.take_text();
  }

 private:
  TranscriptWriter writer_;
};

Bytes octets(const char* hex) {
  return from_hex(hex).value();
}

}  // namespace

TEST_CASE("the head says what the file holds, and what the run was made of") {
  CHECK(
      transcript_text({.seed = 7,
                       .has_internet = true,
                       .settings = {"sim.pin=1234"},
                       .faults = {"10s: link-down 30s"},
                       .remarks = {},
                       .is_redacted = false}) ==
      "# A session of vmodem, octet for octet: SECRETS THAT WERE TYPED STAND IN IT. For its owner "
      "alone (mode 0600).\n"
      "seed 7\nset sim.pin=1234\ninternet\nfault 10s: link-down 30s\n"
      "real no — it was recorded with its instants\n\n");
}

TEST_CASE("a command line, its echo and its answer") {
  CHECK(Session().host(0s, "AT\r").module(0s, "AT\r\r\nOK\r\n").text() == "> AT\n<< AT\\r\n< OK\n");
}

TEST_CASE("lines of one answer, and a line that ends in CR LF") {
  CHECK(Session().host(0s, "ATI\r\n").module(0s, "\r\nQuectel\r\nBG95-M3\r\n\r\nOK\r\n").text() ==
        ">lf ATI\n< Quectel\n<+ BG95-M3\n< OK\n");
}

TEST_CASE("what somebody types is one line, and its echo one more") {
  CHECK(Session()
            .host(0s, "A")
            .module(0s, "A")
            .settle()
            .host(1s, "T")
            .module(1s, "T")
            .settle()
            .host(2s, "\r")
            .module(2s, "\r\r\nOK\r\n")
            .text() == "wait 2s\n> AT\n<< AT\\r\n< OK\n");
}

TEST_CASE("what comes while somebody types parts the line") {
  CHECK(Session()
            .host(0s, "A")
            .module(0s, "A")
            .settle()
            .module(1s, "\r\nRING\r\n")
            .settle()
            .host(2s, "T\r")
            .module(2s, "T\r\r\nOK\r\n")
            .text() == ">> A\n<< A\nwait 1001ms\n< RING\nwait 999ms\n> T\n<< T\\r\n< OK\n");
}

TEST_CASE("what has no line end for long is no line") {
  CHECK(Session().host(0s, "A").host(6s, "T\r").text() == ">> A\nwait 6s\n> T\n");
}

TEST_CASE("data of a prompt") {
  CHECK(Session()
            .host(0s, "AT+QCOAPSEND=0,0,1,1,5\r")
            .module(0s, "\r\n> ")
            .settle()
            .host(10ms, "hello")
            .module(10ms, "\r\nOK\r\n")
            .text() == "> AT+QCOAPSEND=0,0,1,1,5\n<< \\r\\n>\\x20\nwait 10ms\n>> hello\n< OK\n");
}

TEST_CASE("what comes by itself is waited for until it has come for certain") {
  CHECK(Session()
            .host(100us, "AT\r")
            .module(100us, "\r\nOK\r\n")
            .settle()
            .module(4s, "\r\n+QCOAPIND: 0,1\r\n")
            .text() == "wait 1ms\n> AT\n< OK\nwait 4s\n< +QCOAPIND: 0,1\n");
}

TEST_CASE("octets that are no text, and braces, which would be a capture") {
  CHECK(Session().host(0s, "\x1B").module(0s, "\x80\r\n{name}\r\n").text() ==
        ">> \\x1B\n<< \\x80\n<< \\r\\n\\x7Bname}\n<< \\r\\n\n");
}

TEST_CASE("datagrams of a real peer, which is named where it is met") {
  CHECK(Session()
            .action(0s, OpenTransport{kTransport, "coap.example", 5683})
            .news(0s, Opened{kTransport})
            .action(0s, SendDatagram{kTransport, octets("420104d2cafe")})
            .news(20ms, DatagramReceived{kTransport, octets("624504d2cafeff6869")})
            .text() ==
        "peer p1 coap.example:5683\nwait 1ms\nudp< p1 42 01 04d2  cafe\n"
        "wait 19ms\nudp> p1 62 45 04d2  cafe  ff 6869\n");
}

TEST_CASE("a destination has one name, however often it is opened") {
  CHECK(Session()
            .action(0s, OpenTransport{kTransport, "2001:db8::1", 5683})
            .news(0s, Opened{kTransport})
            .action(0s, CloseTransport{kTransport})
            .action(0s, OpenTransport{TransportId{8}, "2001:db8::1", 5683})
            .news(0s, Opened{TransportId{8}})
            .text() == "peer p1 [2001:db8::1]:5683\n");
}

TEST_CASE("destinations that did not open say how") {
  CHECK(Session()
            .action(0s, OpenTransport{TransportId{1}, "a.example", 1})
            .news(0s, OpenFailed{TransportId{1}, TransportError::kNameNotResolved, "no"})
            .action(0s, OpenTransport{TransportId{2}, "b.example", 2})
            .news(0s, OpenFailed{TransportId{2}, TransportError::kUnreachable, "no"})
            .action(0s, OpenTransport{TransportId{3}, "c.example", 3})
            .action(75s, CloseTransport{TransportId{3}})
            .text() == "peer p1 a.example:1 unresolved\npeer p2 c.example:3 silent\n");
}

TEST_CASE("DTLS with a real peer is shown, and not played") {
  const auto text = Session()
                        .action(0s, OpenTransport{kTransport, "10.0.0.1", 5684})
                        .news(0s, Opened{kTransport})
                        .action(0s, SendDatagram{kTransport, octets("16fefd00")})
                        .text();
  CHECK(text ==
        "peer p1 10.0.0.1:5684\nwait 1ms\n"
        "# DTLS with a real peer cannot be played again:\n# udp< p1 16fefd00\n");
}
