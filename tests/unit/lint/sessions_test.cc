#include "tests/support/catch.h"
#include "tests/unit/lint/run.h"

namespace vmodem::lint {
namespace {

constexpr std::string_view kOpen = "AT+QCOAPOPEN=0,\"coap.sim\",5683";
constexpr std::string_view kSend = "AT+QCOAPSEND=0,0,1,0,0";
constexpr std::string_view kClose = "AT+QCOAPCLOSE=0";

TEST_CASE("sending where the host can know that there is no session is found") {
  Run run;
  run.line({.text = kSend, .result = "ERROR"});
  CHECK(run.findings.at(0).what.text == "#1 AT+QCOAPSEND=0,0,1,0,0: client 0 was never opened");
  run.line({.text = kOpen});
  run.line({.text = kSend, .result = "ERROR"});
  CHECK(run.findings.at(1).what.text ==
        "#5 AT+QCOAPSEND=0,0,1,0,0: +QCOAPOPEN: 0,0 has not come yet, behind #3");
  run.urc("+QCOAPOPEN: 0,-5");
  run.line({.text = kSend, .result = "ERROR"});
  run.open();
  run.line({.text = kClose});
  run.line({.text = kSend, .result = "ERROR"});
  CHECK(run.found == Rules(4, "send-before-open"));
}

TEST_CASE("sending behind +QCOAPOPEN: 0,0, or behind an answer that shows the session, is not") {
  Run run;
  run.line({.text = "AT+QCOAPSEND=?"});
  run.open();
  run.line({.text = kSend});
  run.line({.text = kClose});
  const auto open = run.line({.text = kOpen});
  run.tell(journal::LineAnswer{"+QCOAPOPEN: 0,\"coap.sim\",5683,3"}, open);
  run.line({.text = kSend});
  run.line({.text = kClose});
  CHECK(run.found.empty());
}

TEST_CASE("a host need not know yet that the module has lost a session") {
  Run run;
  run.open();
  run.tell(journal::ClientStatusChanged{0, 0});
  run.line({.text = kSend, .result = "ERROR"});
  run.tell(journal::PowerState{"off"});
  run.tell(journal::PowerState{"on"});
  run.line({.text = kSend, .result = "ERROR"});
  run.end();
  CHECK(run.found.empty());
}

TEST_CASE(
    "of a journal without its beginning nothing is said about sessions that it does not show") {
  Run run;
  run.skip(1000);
  run.line({.text = kSend});
  run.end();
  CHECK(run.found.empty());
}

TEST_CASE("opening again within 75 s of an open that is not answered is giving up early") {
  Run run;
  run.line({.text = kOpen});
  run.now += 5s;
  run.line({.text = kOpen});
  CHECK(run.findings.at(0).what.text ==
        "client 0 is still opening by #1, which may take 75 s; after 5s came #3 "
        "AT+QCOAPOPEN=0,\"coap.sim\",5683");
  run.now += 71s;
  run.line({.text = kOpen});
  run.urc("+QCOAPOPEN: 0,0");
  run.line({.text = kOpen});
  run.urc("+QCOAPOPEN: 0,-10");
  run.line({.text = kClose});
  run.end();
  CHECK(run.found == Rules{"gave-up-early"});
}

TEST_CASE("a session that is open at the end is found, with who opened it and what came last") {
  Run run;
  run.open();
  run.line({.text = "AT+CSQ"});
  run.end();
  CHECK(run.found == Rules{"session-not-closed"});
  CHECK(run.findings[0].entry == 1);
  CHECK(
      run.findings[0].what.text ==
      "client 0 (coap.sim:5683) is open at the end of the run; the last that the host wrote is #6 "
      "AT+CSQ");
}

TEST_CASE(
    "a session that is open when the host switches off is found, one that is cut off is not") {
  Run cut;
  cut.open();
  cut.tell(journal::PowerState{"off"}, cut.tell(journal::FaultPerformed{"cut", "cut", "control"}));
  cut.end();
  CHECK(cut.found.empty());

  Run asked;
  asked.open();
  const auto line = asked.line({.text = "AT+QPOWD"});
  asked.tell(journal::ClientStatusChanged{0, 0}, line);
  asked.tell(journal::PowerState{"off"}, line);
  asked.end();
  CHECK(asked.found == Rules{"session-not-closed"});
}

TEST_CASE("a session that was closed, or was refused, is not left open") {
  Run run;
  run.open();
  run.line({.text = kClose});
  run.urc("+QCOAPCLOSE: 0,0");
  run.line({.text = kOpen});
  run.urc("+QCOAPOPEN: 0,-4");
  run.end();
  CHECK(run.found.empty());
}

TEST_CASE("a PSK file is judged by its form and its size, once, and never shown") {
  Run run;
  const auto tell = [&](std::string_view form, std::uint64_t trailing) {
    run.tell(journal::DtlsCredential{0, "0_server.psk", form, trailing, ""});
  };
  tell("identity&key", 0);
  CHECK(run.found.empty());
  tell("identity&key", 2);
  tell("identity&key", 2);
  tell("|identity|:key", 1);
  CHECK(run.found == Rules{"psk-file-trailing-octets", "psk-file-lwm2m-form"});
  CHECK(run.findings[0].what.text == "behind the key in 0_server.psk stand 2 more octets");
}

}  // namespace
}  // namespace vmodem::lint
