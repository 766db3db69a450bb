#include "firmware/configuration/schema/error.h"

#include <fmt/format.h>

#include "firmware/base/printable.h"

namespace vmodem::app {

std::string to_string(const ConfigError& error) {
  constexpr std::size_t kPlaceSizeMax = 300;
  constexpr std::size_t kCauseSizeMax = 400;
  constexpr std::size_t kRemedySizeMax = 1000;
  return fmt::format("{}: {}; expected {}", printable(error.where, kPlaceSizeMax),
                     printable(error.wrong, kCauseSizeMax), printable(error.right, kRemedySizeMax));
}

ConfigError more_mistakes(std::string where, std::size_t count) {
  return {std::move(where), fmt::format("{} more mistakes", count), "none"};
}

}  // namespace vmodem::app
