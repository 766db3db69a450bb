#include "coap_core/option_registry.h"

#include <algorithm>
#include <array>
#include <vector>

#include "tests/support/catch.h"

using namespace vmodem::coap;

TEST_CASE("the note's Table 3 is in the registry, number by number and length by length") {
  struct Row {
    std::uint16_t number;
    std::string_view name;
    OptionFormat format;
    int size_min;
    int size_max;
  };
  using enum OptionFormat;
  constexpr std::array kTable3 = std::to_array<Row>({
      {1, "If-Match", kOpaque, 0, 8},
      {3, "Uri-Host", kString, 1, 255},
      {4, "ETag", kOpaque, 1, 8},
      {5, "If-None-Match", kEmpty, 0, 0},
      {7, "Uri-Port", kUint, 0, 2},
      {8, "Location-Path", kString, 0, 255},
      {11, "Uri-Path", kString, 0, 255},
      {12, "Content-Format", kUint, 0, 2},
      {14, "Max-Age", kUint, 0, 4},
      {15, "Uri-Query", kString, 0, 255},
      {17, "Accept", kUint, 0, 2},
      {20, "Location-Query", kString, 0, 255},
      {35, "Proxy-Uri", kString, 1, 1034},
      {39, "Proxy-Scheme", kString, 1, 255},
      {60, "Size1", kUint, 0, 4},
  });
  for (const Row& row : kTable3) {
    INFO(row.name);
    const OptionRule* rule = find_option_rule(row.number);
    REQUIRE(rule != nullptr);
    CHECK(rule->name == row.name);
    CHECK(rule->format == row.format);
    CHECK(rule->size_min == row.size_min);
    CHECK(rule->size_max == row.size_max);
    CHECK(rule->in_note);
  }
  CHECK(std::ranges::count_if(option_rules(), &OptionRule::in_note) == 15);
}

TEST_CASE("options of later RFCs are known with their lengths, but not as the note's") {
  struct Row {
    std::uint16_t number;
    int size_min;
    int size_max;
  };
  constexpr std::array kLater = std::to_array<Row>(
      {{6, 0, 3}, {23, 0, 3}, {27, 0, 3}, {28, 0, 4}, {252, 1, 40}, {258, 0, 1}, {292, 0, 8}});
  for (const Row& row : kLater) {
    INFO(row.number);
    const OptionRule* rule = find_option_rule(row.number);
    REQUIRE(rule != nullptr);
    CHECK(rule->size_min == row.size_min);
    CHECK(rule->size_max == row.size_max);
    CHECK_FALSE(rule->in_note);
  }
  CHECK(option_rules().size() == 22);
}

TEST_CASE("numbers between, before and behind the registered ones are unknown") {
  for (const std::uint16_t number : {0, 2, 9, 13, 61, 293, 65535}) {
    INFO(number);
    CHECK(find_option_rule(number) == nullptr);
  }
}

TEST_CASE("the options of RFC 7252 that repeat are those of its Table 4, and Request-Tag") {
  constexpr std::array<std::uint16_t, 7> kExpected{1, 4, 8, 11, 15, 20, 292};
  std::vector<std::uint16_t> repeatable;
  for (const OptionRule& rule : option_rules()) {
    if (rule.repeatable) repeatable.push_back(rule.number);
  }
  CHECK(std::ranges::equal(repeatable, kExpected));
}

TEST_CASE("odd numbers are critical") {
  CHECK(is_critical(11));
  CHECK(is_critical(65535));
  CHECK_FALSE(is_critical(12));
  CHECK_FALSE(is_critical(0));
}
