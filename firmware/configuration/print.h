// The configuration as a file of --config, a comment with every key.
#pragma once

#include <string>

#include "firmware/configuration/config.h"
#include "firmware/configuration/keys.h"

namespace vmodem::app {

// TOML that sets every key to what `config` holds. A key without a value, the routes and the
// shipped servers and hosts are comments that show how to write them.
[[nodiscard]] std::string config_text(const Config& config);

// What stands in front of the dot; empty at the top level.
[[nodiscard]] std::string_view section_of(const ConfigKey& key);

}  // namespace vmodem::app
