#include "tests/support/catch.h"
#include "tools/conform/language/datagram_pattern.h"
#include "tools/conform/language/text_pattern.h"

namespace vmodem::conform {
namespace {

TEST_CASE("escape and unescape are inverse for every octet") {
  std::string octets;
  for (int octet = 0; octet < 256; ++octet) octets += static_cast<char>(octet);
  octets += ' ';
  CHECK(unescape(transcript::escape(octets)) == octets);
  CHECK(transcript::escape("\r\n> ") == "\\r\\n>\\x20");
}

TEST_CASE("an unknown escape is refused") {
  for (const auto* text : {"\\", "\\q", "\\x", "\\x1", "\\xGG"}) {
    INFO(text);
    CHECK_FALSE(unescape(text));
  }
}

TEST_CASE("text repeats captured octets in upper-case hex") {
  TextNames texts;
  const auto pattern = TextPattern::parse("D204{token},{\"t\":1}", TextPlace::kExpected,
                                          {{"token", 2}}, texts);
  REQUIRE(pattern);
  CHECK(pattern->expand({{"token", {0xCA, 0xFE}}}, {}) == "D204CAFE,{\"t\":1}");
  CHECK_FALSE(TextPattern::parse("{token}", TextPlace::kExpected, {}, texts));
}

TEST_CASE("what is sent has no braces of datagrams, and names of lines") {
  TextNames texts{"band"};
  const auto pattern =
      TextPattern::parse("{token} ${band} ${", TextPlace::kSent, {{"token", 2}}, texts);
  REQUIRE(pattern);
  CHECK(pattern->expand({}, {{"band", "20"}}) == "{token} 20 ${");
  CHECK_FALSE(TextPattern::parse("${other}", TextPlace::kSent, {}, texts));
}

TEST_CASE("a pattern captures what has the shape, where the whole line matches") {
  struct Row {
    std::string pattern;
    std::string line;
    std::optional<Texts> found;
  };
  const auto row = GENERATE(
      Row{"+CSQ: {rssi:digits},{:digits}", "+CSQ: 20,99", Texts{{"rssi", "20"}}},
      Row{"+CSQ: {rssi:digits},99", "+CSQ: ,99", std::nullopt},
      Row{"+CSQ: {rssi:digits}", "+CSQ: 20,99", std::nullopt},
      Row{"{a:word}-{b:hex}", "x-y-0F", Texts{{"a", "x-y"}, {"b", "0F"}}},
      Row{"\"{text:text}\"", "\"\"", Texts{{"text", ""}}},
      Row{"\"{text:text}\",1", "\"a\",2\",1", Texts{{"text", "a\",2"}}},
      Row{"{n:digits} ${n}", "7 7", Texts{{"n", "7"}}},
      Row{"{n:digits} ${n}", "7 8", std::nullopt});
  INFO(row.pattern << " on " << row.line);
  TextNames names;
  const auto pattern = TextPattern::parse(row.pattern, TextPlace::kPattern, {}, names);
  REQUIRE(pattern);
  Texts found;
  CHECK(pattern->match(row.line, {}, found) == row.found.has_value());
  CHECK(found == row.found.value_or(Texts{}));
}

TEST_CASE("a shape that is none, or has no name, is refused") {
  for (const auto* text : {"{n:number}", "{1n:digits}", "{a b:text}", "${n}"}) {
    INFO(text);
    TextNames names;
    CHECK_FALSE(TextPattern::parse(text, TextPlace::kPattern, {}, names));
  }
}

TEST_CASE("a datagram pattern captures at its first use and compares afterwards") {
  CaptureSizes known;
  const auto first = DatagramPattern::parse("44 ?? {mid:2}  {token:1}{token}", known);
  const auto second = DatagramPattern::parse("60 00 {mid}", known);
  REQUIRE(first);
  REQUIRE(second);
  CHECK_FALSE(first->is_definite());
  CHECK(second->is_definite());

  Captures captures;
  CHECK_FALSE(first->match(Bytes{0x44, 0x01, 0x04, 0xD2, 0x07, 0x08}, captures));
  CHECK(captures.empty());
  CHECK(first->match(Bytes{0x44, 0x01, 0x04, 0xD2, 0x07, 0x07}, captures));
  CHECK(second->render(captures) == Bytes{0x60, 0x00, 0x04, 0xD2});
  CHECK(second->match(Bytes{0x60, 0x00, 0x04, 0xD2}, captures));
  CHECK_FALSE(second->match(Bytes{0x60, 0x00, 0x04, 0xD3}, captures));
  CHECK_FALSE(second->match(Bytes{0x60, 0x00, 0x04}, captures));
  CHECK_FALSE(second->match(Bytes{0x60, 0x00, 0x04, 0xD2, 0x00}, captures));
}

TEST_CASE("a datagram pattern that says nothing definite about its octets is refused") {
  for (const auto* text :
       {"4", "4g", "4 4", "?", "{token}", "{token:0}", "{token:x}", "{:2}", "{t:2", "{t:1}{t:1}"}) {
    INFO(text);
    CaptureSizes known;
    CHECK_FALSE(DatagramPattern::parse(text, known));
  }
}

TEST_CASE("a datagram is written field by field") {
  CHECK(transcript::to_pattern_text(Bytes{0x42, 0x01, 0x04, 0xD2, 0xCA, 0xFE, 0xB2, 0x31, 0x39, 0x11, 0x28,
                              0xFF, 0x68}) == "42 01 04d2  cafe  b2 3139  11 28  ff 68");
  CHECK(transcript::to_pattern_text(Bytes{0x60, 0x00, 0x04, 0xD2}) == "60 00 04d2");
  CHECK(transcript::to_pattern_text(Bytes{0x40, 0x00}) == "4000");
}

}  // namespace
}  // namespace vmodem::conform
