// The configuration file of --config: the keys of config_keys() as TOML, sections for their dots.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/error.h"

namespace vmodem::app {

// What is wrong with a key that is not allowed here; nothing where it is.
using RefuseKey = std::optional<net::SyntaxError> (*)(std::string_view key);

// Sets what `text` says; the error is the first mistake in it. `name` is what messages call the
// file.
[[nodiscard]] Expected<void, ConfigError> apply_config_text(Config& config, std::string_view text,
                                                            const std::string& name,
                                                            RefuseKey refuse = nullptr);
[[nodiscard]] Expected<void, ConfigError> apply_config_file(Config& config,
                                                            const std::string& path);
// Every mistake in the file, in its order, of TOML's own only the first; behind them those of
// check_faults().
[[nodiscard]] std::vector<ConfigError> check_config_file(const std::string& path);

}  // namespace vmodem::app
