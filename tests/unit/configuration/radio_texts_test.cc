#include <fmt/format.h>

#include "firmware/configuration/texts/radio.h"

#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;
using namespace vmodem::firmware;

namespace {

RadioConfig radio_after(std::string_view key, std::string_view text) {
  Config config;
  REQUIRE(set_config_text(config, key, text));
  return config.modem.network;
}

}  // namespace

TEST_CASE("a timeline is read stage by stage") {
  const auto radio = radio_after(
      "radio.timeline", "searching 3s, denied 11 5s, denied 1ms, unknown 24h, lost 10s,\n roaming");
  const auto& timeline = radio.timeline;
  REQUIRE(timeline.size() == 6);
  CHECK(timeline[0].coverage == Coverage::kSearching);
  CHECK(timeline[0].duration == 3s);
  CHECK(timeline[1].coverage == Coverage::kDenied);
  CHECK(timeline[1].reject_cause == 11);
  CHECK(timeline[1].duration == 5s);
  CHECK(timeline[2].reject_cause == NetworkStage{}.reject_cause);
  CHECK(timeline[3].coverage == Coverage::kUnknown);
  CHECK(timeline[4].coverage == Coverage::kLost);
  CHECK(timeline[5].coverage == Coverage::kRoaming);
  CHECK(timeline[5].duration == 0s);
}

TEST_CASE("a timeline refuses stages of another form and names them") {
  struct Row {
    const char* text;
    const char* named;
  };
  const auto row =
      GENERATE(Row{"home 3s, found", "\"found\""}, Row{"home 3", "\"home 3\""},
               Row{"home 0s", "\"home 0s\""}, Row{"home 25h", "\"home 25h\""},
               Row{"home 11 3s", "\"home 11 3s\""}, Row{"denied 0 3s", "\"denied 0 3s\""},
               Row{"denied 256", "\"denied 256\""}, Row{"home 3s 3s", "\"home 3s 3s\""},
               Row{"searching, home", "\"home\""}, Row{"home 3s,,home", "\"\""});
  CAPTURE(row.text);
  Config config;
  const auto set = set_config_text(config, "radio.timeline", row.text);
  REQUIRE_FALSE(set);
  CHECK(set.error().wrong == fmt::format("radio.timeline: {} is not allowed", row.named));
  CHECK(config.modem.network.timeline.empty());
}

TEST_CASE("an operator's fields are read in their order") {
  const auto radio = radio_after("radio.operators",
                                 "o2 - de, o2, 26203, egprs, forbidden, 1a2b, f, 0c, GSM 900, 62;"
                                 "Verizon Wireless, VZW, 311480, emtc, partner");
  REQUIRE(radio.operators.size() == 2);
  const auto& first = radio.operators[0];
  CHECK(first.long_name == "o2 - de");
  CHECK(first.short_name == "o2");
  CHECK(first.numeric == "26203");
  CHECK(first.technology == Technology::kEgprs);
  CHECK(first.access == Access::kForbidden);
  CHECK(first.cell == Cell{"1A2B", "F", "0C", "GSM 900", 62});
  const auto& second = radio.operators[1];
  CHECK(second.numeric == "311480");
  CHECK(second.technology == Technology::kEmtc);
  CHECK(second.access == Access::kPartner);
  CHECK(second.cell == Cell{});
}

TEST_CASE("no operator is a list too") {
  CHECK(radio_after("radio.operators", "").operators.empty());
}

TEST_CASE("an operator of another form is refused") {
  const auto* text = GENERATE(
      "a, b, 26203, emtc", ", b, 26203, emtc, home", "a, b, 2620, emtc, home",
      "a, b, 2620333, emtc, home", "a, b, 26a03, emtc, home", "a, b, 26203, lte, home",
      "a, b, 26203, emtc, abroad", "a, b, 26203, emtc, home, 1A2", "a, b, 26203, emtc, home, 1A2G",
      "a, b, 26203, emtc, home, 1A2B, 123456789", "a, b, 26203, emtc, home, 1A2B, 1, 1",
      "a, b, 26203, emtc, home, 1A2B, 1, 01, ", "a, b, 26203, emtc, home, 1A2B, 1, 01, x, 262144",
      "a, b, 26203, emtc, home, 1A2B, 1, 01, x, -1", "a, b, 26203, emtc, home, 1A2B, 1, 01, x, 1,",
      "a\", b, 26203, emtc, home", "123456789012345678901234567890123, b, 26203, emtc, home");
  CAPTURE(text);
  RadioConfig radio;
  const auto count = radio.operators.size();
  CHECK_FALSE(add_operator(radio, text));
  CHECK(radio.operators.size() == count);
}

TEST_CASE("what is printed of the radio's lists is what was set") {
  const RadioConfig defaults;
  RadioConfig copy;
  copy.operators.clear();
  for (const auto& text : operator_texts(defaults)) REQUIRE(add_operator(copy, text));
  CHECK(operator_texts(copy) == operator_texts(defaults));
  CHECK(copy.operators.size() == 5);
}

TEST_CASE("a list in a file may be a list or one text, and its mistakes are found by line") {
  const auto* text = GENERATE("radio.timeline = [\"searching 3s\", \"home\"]",
                              "[radio]\ntimeline = \"searching 3s, home\"");
  Config config;
  REQUIRE(apply_config_text(config, text, "modem.toml"));
  CHECK(config.modem.network.timeline.size() == 2);

  const auto applied =
      apply_config_text(config, "radio.timeline = [\n  \"home 3s\",\n  \"hom\"\n]", "modem.toml");
  REQUIRE_FALSE(applied);
  CHECK(applied.error().where == "modem.toml:3:3");
  CHECK(applied.error().wrong == "radio.timeline: \"hom\" is not allowed");
}
