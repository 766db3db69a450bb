// What a configuration text is refused for.
#pragma once

#include <string>
#include <string_view>

#include "firmware/configuration/file.h"
#include "tests/support/catch.h"

namespace vmodem::app {

inline std::string error_of(std::string_view text) {
  Config config;
  const auto applied = apply_config_text(config, text, "f.toml");
  REQUIRE_FALSE(applied);
  return to_string(applied.error());
}

}  // namespace vmodem::app
