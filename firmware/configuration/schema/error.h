// How a person's mistake in configuring is reported.
#pragma once

#include <cstddef>
#include <string>

namespace vmodem::app {

struct ConfigError {
  std::string where;  // an option, or file:line:column
  std::string wrong;
  std::string right;
};

// Of one file; the others are counted.
inline constexpr std::size_t kMistakesToldMax = 20;
[[nodiscard]] ConfigError more_mistakes(std::string where, std::size_t count);

// "where: wrong; expected right", in one line that alters no terminal; what is long is shortened.
[[nodiscard]] std::string to_string(const ConfigError& error);

}  // namespace vmodem::app
