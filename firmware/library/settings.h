// The configuration of a modem in the library, where there are no files, ports and clocks.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/error.h"

namespace vmodem::library {

// Without a seed it is 1: what goes in is all that a run depends on.
[[nodiscard]] Expected<app::Config, app::ConfigError> read_settings(std::string_view text);

}  // namespace vmodem::library
