// Settings that belong together, as those of AT&W do: every key tells in which save it was set.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "firmware/settings/saved.h"

namespace vmodem::test {

inline constexpr std::array<firmware::SavedNumber, 8> kNumbers{
    {{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}, {"e", 0}, {"f", 0}, {"g", 0}, {"h", 0}}};
// Longer than a page, so that a file could be torn.
inline constexpr firmware::SavedText kLong{"long", ""};

inline std::string long_text(int generation) {
  return std::string(6000, static_cast<char>('A' + generation % 26)) +
         "\n\\=" + std::to_string(generation);
}

inline void set_generation(firmware::SavedSettings& saved, int generation) {
  for (const auto& key : kNumbers) saved.set(key, generation);
  saved.set(kLong, long_text(generation));
}

// Zero where nothing was saved; nothing where the keys are of different generations.
inline std::optional<int> generation_of(const firmware::SavedSettings& saved) {
  const int generation = saved.get(kNumbers.front());
  for (const auto& key : kNumbers) {
    if (saved.get(key) != generation) return std::nullopt;
  }
  const auto text = generation == 0 ? std::string() : long_text(generation);
  if (saved.get(kLong) != text) return std::nullopt;
  return generation;
}

}  // namespace vmodem::test
