#include "firmware/configuration/schema/error.h"

#include <fmt/format.h>

namespace vmodem::app {

std::string to_string(const ConfigError& error) {
  return fmt::format("{}: {}; expected {}", error.where, error.wrong, error.right);
}

}  // namespace vmodem::app
