#include "firmware/base/random.h"
#include "tests/support/catch.h"
#include "tests/support/entry_script.h"
#include "tests/unit/lint/run.h"

namespace vmodem::lint {
namespace {

TEST_CASE("a host that is wrong all the time is told a hundred times") {
  Run run;
  for (int i = 0; i < 1000; ++i) run.line({.text = "AT", .early = 0s});
  CHECK(run.found.size() == Findings::kCountMax);
}

TEST_CASE("whatever a journal says is borne") {
  SeededRandom random(7);
  for (int i = 0; i < 300; ++i) {
    Bytes script(400);
    for (auto& octet : script) octet = static_cast<std::uint8_t>(random.next(RandomStream::kFault));
    Lint lint;
    journal::EntryScript entries(script);
    while (const auto entry = entries.next()) lint.handle(*entry);
    lint.end(Instant(1h));
    std::size_t count = 0;
    while (lint.poll_finding()) ++count;
    CHECK(count <= kRuleCount * Findings::kCountMax);
  }
}

TEST_CASE("lines without end or sense are borne") {
  Run run;
  const std::vector<std::string> lines{"",
                                       "AT",
                                       "A",
                                       "AT+QCOAPSEND=" + std::string(4000, ','),
                                       "AT+QCOAPSEND=99999999999999999999",
                                       "AT+QCOAPOPEN=0",
                                       "AT" + std::string(2000, ';'),
                                       "AT+QCOAPOPEN=0,\""};
  for (const auto& text : lines) {
    run.line({.text = text});
    run.tell(journal::LineUrc{"+QCOAPOPEN: " + text, 0});
    run.tell(journal::LineUrc{"+QCOAPCLOSE: 7,0", 0});
  }
  run.tell(journal::ClientStatusChanged{77, 0});
  run.tell(journal::CoapConcluded{77, 1, "never acknowledged"});
  run.end();
  SUCCEED();
}

}  // namespace
}  // namespace vmodem::lint
