// Servers and hosts as sections of a configuration file.
#pragma once

#include <string>

#include "firmware/configuration/internet/config.h"

namespace vmodem::app {

// TOML that makes these servers and hosts, with the keys that differ from what the name alone says.
[[nodiscard]] std::string entries_text(const InternetConfig& internet);

}  // namespace vmodem::app
