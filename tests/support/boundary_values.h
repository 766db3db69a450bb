// The values at the limits of one parameter, each with whether the declaration takes it.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/param.h"

namespace vmodem::at {

struct BoundaryValue {
  std::string text;
  bool is_valid;
  std::string what;
};

inline std::string in_quotes(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

// The sample, or the shortest text that is accepted: digits, which every policy of Bare takes
// quoted.
inline std::string valid_value(const Param& param) {
  if (param.kind == ParamKind::kInteger) return fmt::format("{}", param.min);
  if (!param.sample.empty()) return in_quotes(param.sample);
  if (param.word_count > 0) return in_quotes(param.words[0]);
  return in_quotes(std::string(param.size_min, '7'));
}

inline std::vector<BoundaryValue> integer_values(const Param& param, bool is_basic) {
  using Limits = std::numeric_limits<std::int64_t>;
  const auto listed = std::span(param.list).first(param.list_size);
  std::vector<BoundaryValue> values;
  const auto add = [&](std::int64_t value, std::string_view what) {
    const bool in_range = value >= param.min && value <= param.max;
    const bool in_list = std::ranges::find(listed, value) != listed.end();
    values.push_back(
        {fmt::format("{}", value), listed.empty() ? in_range : in_list, std::string(what)});
  };
  if (param.min > Limits::min()) add(param.min - 1, "min-1");
  add(param.min, "min");
  add(param.max, "max");
  if (param.max < Limits::max()) add(param.max + 1, "max+1");
  for (const auto value : listed) {
    add(value, "in the list");
    add(value + 1, "behind one of the list");
  }
  values.push_back({"9223372036854775808", false, "over 64 bits"});
  values.push_back({in_quotes(fmt::format("{}", param.min)), false, "a quoted number"});
  if (!is_basic) values.push_back({"x", false, "a word for a number"});
  return values;
}

inline std::vector<BoundaryValue> word_values(const Param& param) {
  std::vector<BoundaryValue> values;
  for (const auto word : std::span(param.words).first(param.word_count)) {
    values.push_back({in_quotes(word), true, "a word of the list"});
    values.push_back({in_quotes(std::string(word) + "x"), false, "a word behind one of the list"});
  }
  values.push_back({in_quotes(""), false, "no word"});
  return values;
}

inline std::vector<BoundaryValue> text_values(const Param& param) {
  if (param.word_count > 0) return word_values(param);
  std::vector<BoundaryValue> values;
  const auto add = [&](std::size_t size, bool is_valid, std::string_view what) {
    values.push_back({in_quotes(std::string(size, '7')), is_valid, std::string(what)});
  };
  if (param.size_min > 0) add(param.size_min - 1, false, "size min-1");
  add(param.size_min, true, "size min");
  add(param.size_max, true, "size max");
  add(param.size_max + 1, false, "size max+1");

  const auto bare_size = std::max<std::size_t>(param.size_min, 1);
  values.push_back({std::string(bare_size, '7'), param.bare != Bare::kRefused, "bare digits"});
  values.push_back({std::string(bare_size, 'x'), param.bare == Bare::kAny, "a bare word"});
  const auto valid = valid_value(param);
  values.push_back({valid.substr(0, valid.size() - 1), false, "an open quote"});
  values.push_back({valid + "7", false, "text behind the closing quote"});
  return values;
}

}  // namespace vmodem::at
