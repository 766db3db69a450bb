// How a person's mistake in configuring is reported.
#pragma once

#include <string>

namespace vmodem::app {

struct ConfigError {
  std::string where;  // an option, or file:line:column
  std::string wrong;
  std::string right;
};

// "where: wrong; expected right".
[[nodiscard]] std::string to_string(const ConfigError& error);

}  // namespace vmodem::app
