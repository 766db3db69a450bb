// Texts that are made of words: enumerators by name, whole numbers, lists by separator.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace vmodem::app {

// One row of a table of words; each value of its enumeration has one.
template <class Value>
struct Word {
  Value value;
  std::string_view text;
};

template <class Words, class Value>
[[nodiscard]] bool set_word(const Words& words, std::string_view text, Value& value) {
  const auto word = std::ranges::find_if(words, [&](const auto& one) { return one.text == text; });
  if (word == words.end()) return false;
  value = word->value;
  return true;
}

template <class Words, class Value>
[[nodiscard]] std::string_view word_of(const Words& words, Value value) {
  return std::ranges::find_if(words, [&](const auto& one) { return one.value == value; })->text;
}

template <class Number>
[[nodiscard]] bool set_number(std::string_view text, Number min, Number max, Number& number) {
  const auto value = parse_number<Number>(text);
  if (!value || *value < min || *value > max) return false;
  number = *value;
  return true;
}

// What stands between the separators, without the blanks around it.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
// What stands between blanks.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

}  // namespace vmodem::app
