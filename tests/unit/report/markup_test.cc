#include "tools/report/markup.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::report;

TEST_CASE("no text is markup in HTML or XML") {
  CHECK(escaped("<script>alert('a' & \"b\")</script>") ==
        "&lt;script&gt;alert(&#39;a&#39; &amp; &quot;b&quot;)&lt;/script&gt;");
}

TEST_CASE("what XML has not got is shown, not passed on") {
  CHECK(escaped(std::string_view("a\0b\x1B[31m\n\x7F", 10)) == "a\\x00b\\x1B[31m\\x0A\\x7F");
  CHECK(escaped("\xFF\xC0") == "\\xFF\\xC0");
  CHECK(escaped("\uFFFF\uFFFE") == "\uFFFD\uFFFD");
  CHECK(escaped("\xED\xA0\x80") == "\uFFFD");
  CHECK(escaped("käse…") == "käse…");
}

TEST_CASE("no text ends a code span of Markdown or begins a line") {
  CHECK(code_span("AT+CSQ") == "`AT+CSQ`");
  CHECK(code_span("a`b``c") == "``` a`b``c ```");
  CHECK(code_span("a\n# b") == "`a\\x0A# b`");
  CHECK(code_span("") == "` `");
}

TEST_CASE("counts, instants and the calendar are told") {
  CHECK(count_text(1, "entry", "entries") == "1 entry");
  CHECK(count_text(999, "entry", "entries") == "999 entries");
  CHECK(count_text(1234567, "entry", "entries") == "1,234,567 entries");
  CHECK(seconds_text(Instant(12'345'600us)) == "12.346");
  CHECK(calendar_text(CalendarTime(1'700'000'000s)) == "2023-11-14 22:13:20 UTC");
  CHECK(calendar_text(CalendarTime(-1s)) == "1969-12-31 23:59:59 UTC");
}
