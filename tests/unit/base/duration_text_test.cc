#include "firmware/base/duration_text.h"

#include "tests/support/catch.h"

using namespace vmodem;


TEST_CASE("a duration is a whole number and its unit") {
  struct Row {
    const char* text;
    Duration duration;
  };
  const auto row = GENERATE(Row{"0s", 0s}, Row{"0ms", 0s}, Row{"250ms", 250ms}, Row{"3s", 3s},
                            Row{"90s", 90s}, Row{"5min", 5min}, Row{"24h", 24h}, Row{"007s", 7s},
                            Row{"9223372036854ms", 9223372036854ms});
  CAPTURE(row.text);
  CHECK(parse_duration(row.text) == row.duration);
}

TEST_CASE("text of another form is no duration") {
  const auto* text =
      GENERATE("", "s", "3", "3 s", " 3s", "3s ", "3S", "-3s", "-0s", "+3s", "1.5s", "3us", "3m",
               "3sec", "9223372036855ms", "2562048h", "99999999999999999999s");
  CAPTURE(text);
  CHECK_FALSE(parse_duration(text));
}

TEST_CASE("a duration is written in the largest unit that leaves no fraction") {
  CHECK(duration_text(0s) == "0s");
  CHECK(duration_text(250ms) == "250ms");
  CHECK(duration_text(1500ms) == "1500ms");
  CHECK(duration_text(90s) == "90s");
  CHECK(duration_text(120s) == "2min");
  CHECK(duration_text(24h) == "24h");
  CHECK(duration_text(1ms + 1us) == "1ms");
}
