// Every form of the report, of the same runs.
#include <random>

#include "tests/support/catch.h"
#include "tests/support/entry_script.h"
#include "tools/report/html.h"
#include "tools/report/json.h"
#include "tools/report/junit.h"
#include "tools/report/markdown.h"
#include "tools/report/story.h"

using namespace vmodem;
using namespace vmodem::report;

namespace {

constexpr auto kHostile = "AT+CSQ<script>alert(1)</script>\"'&`|";

Report hostile_report() {
  Story story("<b>run</b>");
  story.handle({1, Instant(1s), 0, journal::LineCommand{kHostile}});
  story.handle({2, Instant(1s), 1, journal::LineResult{"+CME ERROR: <i>"}});
  story.handle({3, Instant(2s), 1, journal::CoapSent{.client = 0, .type = "CON", .code = "<u>"}});
  story.handle({4, Instant(2s), 1, journal::CoapConcluded{0, 0, "<s>"}});
  Report report;
  report.runs.push_back(story.end());
  report.runs[0].findings = {{"rule-<1>", "sends <early>", "the note §3.3.6", "wait for \">\"", 1},
                             {"rule-<1>", "again", "", "", 0}};
  report.runs[0].finding_count = 2;
  report.coverage.merge(report.runs[0].coverage);
  return report;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("no text of a journal becomes an element of the page") {
  const auto html = to_html(hostile_report());
  CHECK(count(html, "<script") == 1);
  CHECK(has(html, "AT+CSQ&lt;script&gt;alert(1)"));
  for (const auto* element : {"<b>run", "<i>\"", "<u>", "<s>", "<early>", "<1>"}) {
    INFO(element);
    CHECK_FALSE(has(html, element));
  }
  CHECK_FALSE(has(html, "http://"));
  CHECK_FALSE(has(html, "https://"));
}

TEST_CASE("the page shows findings, what failed and why, transmissions, the ladder and coverage") {
  const auto html = to_html(hostile_report());
  for (const auto* part :
       {"2 findings of the lint", "wait for &quot;&gt;&quot;", "Results, and why", "Transmissions",
        "host ↔ modem", "Forms of commands", "the note §3.3.2", "AT+QCOAPOPEN"}) {
    INFO(part);
    CHECK(has(html, part));
  }
  CHECK(has(html, "href=\"#r1e1\""));
  CHECK(has(html, "id=\"r1e1\""));
}

TEST_CASE("the same journals give the same report") {
  CHECK(to_html(hostile_report()) == to_html(hostile_report()));
  CHECK(to_json(hostile_report()) == to_json(hostile_report()));
}

TEST_CASE("whatever a journal holds, every form is made of it, and the page has one script") {
  std::mt19937 chance(1);
  for (int round = 0; round < 50; ++round) {
    Bytes octets(static_cast<std::size_t>(chance() % 2000));
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(chance());
    Story story(std::string(as_text(ByteView(octets).first(octets.size() / 8))));
    journal::EntryScript script(octets);
    while (auto entry = script.next()) story.handle(std::move(*entry));
    Report report;
    report.runs.push_back(story.end());
    CHECK(count(to_html(report), "<script") == 1);
    CHECK(to_json(report).ends_with("}\n"));
    CHECK(to_junit(report).find('\0') == std::string::npos);
    CHECK_FALSE(to_markdown(report).empty());
  }
}

TEST_CASE("many runs are counted, and no more than a page bears are shown") {
  Report report;
  for (std::size_t i = 0; i < kRunsShownMax + 7; ++i) {
    Story story("run");
    story.handle({1, Instant(), 0, journal::LineCommand{"AT"}});
    report.runs.push_back(story.end());
  }
  const auto html = to_html(report);
  CHECK(count(html, "<section id=\"r") == kRunsShownMax);
  CHECK(has(html, "7 further runs are left out"));
  CHECK(has(to_markdown(report), "more runs"));
}

TEST_CASE("in JUnit a rule that was broken is a failure, and a failed command is a note") {
  const auto xml = to_junit(hostile_report());
  CHECK(has(xml, "<testsuites name=\"vmodem\" tests=\"2\" failures=\"1\">"));
  CHECK(has(xml, "<testcase classname=\"vmodem.lint\" name=\"rule-&lt;1&gt;\""));
  CHECK(has(xml, "message=\"sends &lt;early&gt;\""));
  CHECK(has(xml, "<system-out>"));
  CHECK(has(xml, "+CME ERROR: &lt;i&gt;"));
  CHECK(count(xml, "<failure") == 1);
}

TEST_CASE("the summary tells findings, the last failures and coverage") {
  const auto text = to_markdown(hostile_report());
  CHECK(has(text, "### `<b>run</b>`"));
  CHECK(has(text, "1 command line, 1 failure, 2 findings, 0 retransmissions, 0 faults."));
  CHECK(has(text,
            "- `rule-<1>`: `sends <early>` Cure: `wait for \">\"` (`the note §3.3.6`), entry 1"));
  CHECK(has(text, "`` AT+CSQ<script>alert(1)</script>\"'&`| → +CME ERROR: <i> ``"));
  CHECK(has(text, "| Clauses of the note | "));
  CHECK(has(to_markdown({}), "Forms of commands"));
}
