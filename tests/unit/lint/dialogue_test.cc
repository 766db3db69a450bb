#include "tests/support/catch.h"
#include "tests/unit/lint/run.h"

namespace vmodem::lint {
namespace {

TEST_CASE("a line that came before the final result of the one before it is found") {
  Run run;
  run.line({.text = "ATE0"});
  run.line({.text = "AT+CSQ", .early = 0s});
  CHECK(run.found == Rules{"command-before-result"});
  CHECK(run.findings[0].entry == 3);
  CHECK(run.findings[0].what.text == "#3 AT+CSQ came before the final result of #1 ATE0");
  CHECK(run.findings[0].what.is_wrong);
}

TEST_CASE("a line that came behind the final result is not") {
  Run run;
  for (int i = 0; i < 3; ++i) run.line({.text = "AT"});
  CHECK(run.found.empty());
}

TEST_CASE("who waits for some time and then writes has given up early") {
  Run run;
  run.line({.text = "AT+QIACT=1", .response_time = 150s});
  run.line({.text = "AT", .early = 5s});
  CHECK(run.found == Rules{"gave-up-early"});
  CHECK(run.findings[0].what.text == "#1 AT+QIACT=1 may take 150s, and after 5s came #3 AT");
}

TEST_CASE("who waits as long as the manual says may give up") {
  Run run;
  run.line({.text = "AT+QIACT=1", .response_time = 150s});
  run.line({.text = "AT+QIACT=1", .early = 150s});
  run.line({.text = "AT+NONSENSE", .response_time = std::nullopt, .evidence = ""});
  run.line({.text = "AT", .early = 300ms});
  CHECK(run.found.empty());
}

TEST_CASE("data that were there before the prompt are found, whichever is told first") {
  Run run;
  auto line = run.line({.text = "AT+QFUPL=\"a\",5", .result = ""});
  run.tell(journal::LineData{"from_host", 5, true}, line);
  CHECK(run.found.empty());
  run.tell(journal::LinePrompt{"CONNECT"}, line);
  CHECK(run.findings.at(0).what.text ==
        "the data of #1 AT+QFUPL=\"a\",5 came before it had asked for them");
  line = run.line({.text = "AT+QFUPL=\"b\",5", .result = ""});
  run.tell(journal::LinePrompt{"CONNECT"}, line);
  run.tell(journal::LineData{"from_host", 5, true}, line);
  CHECK(run.found == Rules(2, "data-before-prompt"));
}

TEST_CASE("data behind their prompt are not, nor those for which no prompt is shown") {
  Run run;
  auto line = run.line({.text = "AT+QFUPL=\"a\",5", .result = ""});
  run.tell(journal::LinePrompt{"CONNECT"}, line);
  run.tell(journal::LineData{"from_host", 5, false}, line);
  // ATQ1 hides CONNECT.
  line = run.line({.text = "AT+QFUPL=\"b\",5", .result = ""});
  run.tell(journal::LineData{"from_host", 5, true}, line);
  line = run.line({.text = "AT+QFUPL=\"c\",5", .result = ""});
  run.tell(journal::LinePrompt{"CONNECT"}, line);
  CHECK(run.found.empty());
}

TEST_CASE("the fifth refusal of one line, with nothing changed, is found once") {
  Run run;
  for (int i = 0; i < 9; ++i) run.line({.text = "AT+QCOAPCFG=9", .result = "ERROR"});
  CHECK(run.found == Rules{"error-repeated"});
}

TEST_CASE("who tries again because something has changed, or something else, repeats no mistake") {
  Run run;
  for (int i = 0; i < 8; ++i) {
    run.line({.text = "AT+QCOAPCFG=9", .result = "ERROR"});
    if (i % 4 == 3) run.urc("+CPIN: READY");
  }
  for (int i = 0; i < 9; ++i) {
    run.line({.text = "AT+QCOAPCFG=9", .result = "ERROR"});
    if (i % 4 == 3) run.line({.text = "AT"});
  }
  CHECK(run.found.empty());
}

TEST_CASE("a question may be repeated until the module is ready") {
  Run run;
  for (int i = 0; i < 9; ++i) run.line({.text = "AT+CPIN?", .result = "ERROR"});
  for (int i = 0; i < 9; ++i) run.line({.text = "AT+CLCK=\"SC\",1,…", .result = "+CME ERROR: 14"});
  CHECK(run.found.empty());
}

TEST_CASE("a form that no manual has is found where it is taken, once") {
  Run run;
  run.line({.text = "AT+CCID", .evidence = "hosts"});
  run.line({.text = "AT+CCID", .evidence = "hosts"});
  run.line({.text = "AT+QCOAPOPTION=0,0,0,11,path"});
  CHECK(run.found == Rules{"undocumented-form", "undocumented-form"});
}

TEST_CASE("documented forms are not, nor what is refused") {
  Run run;
  run.line({.text = "AT+CCID", .result = "ERROR", .evidence = "hosts"});
  run.line({.text = "AT+QCOAPOPTION=0,0,0,11,\"path\""});
  run.line({.text = "AT+QCOAPOPTION=0,0,1,12,40"});
  run.line({.text = "AT+QCOAPOPTION=0,0,1,4,a1b2"});
  run.line({.text = "AT+QCOAPOPTION=0,1,0"});
  run.line({.text = "AT+QCFG=\"nccconf\"", .evidence = "inferred"});
  CHECK(run.found.empty());
}

TEST_CASE("a reset directly behind a single failure is found") {
  Run run;
  run.tell(journal::ClientResult{0, "open", -5, "no such name"});
  run.line({.text = "AT+CSQ"});
  run.line({.text = "AT+CFUN=1,1"});
  CHECK(run.found == Rules{"reset-first"});
  CHECK(run.findings[0].what.text == "AT+CFUN=1,1 directly behind client 0: open ends with -5");
}

TEST_CASE("a reset behind another try, a second failure, or none at all is not") {
  Run tried;
  tried.tell(journal::ClientResult{0, "open", -5, "no such name"});
  tried.line({.text = "AT+QCOAPOPEN=0,\"coap.sim\",5683"});
  tried.line({.text = "AT+CFUN=1,1"});
  CHECK(tried.found.empty());

  Run failed;
  for (int i = 0; i < 2; ++i) failed.tell(journal::ClientResult{0, "send", -11, "silence"});
  failed.line({.text = "AT+CFUN=1,1"});
  CHECK(failed.found.empty());

  Run fresh;
  fresh.line({.text = "AT+QCFG=\"band\",0,1,1"});
  fresh.line({.text = "AT+CFUN=1,1"});
  CHECK(fresh.found.empty());

  // Closing what may not be open is how careful hosts begin.
  Run closing;
  closing.line({.text = "AT+QCOAPCLOSE=0", .result = "ERROR"});
  closing.line({.text = "AT+CFUN=1,1"});
  CHECK(closing.found.empty());
}

}  // namespace
}  // namespace vmodem::lint
