// Which simulated servers a configuration lets answer others than the module, and where.
#pragma once

#include <optional>
#include <vector>

#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/error.h"
#include "net/serving/serving.h"

namespace vmodem::app {

// What keeps them from being served there, as far as nothing is opened for it.
[[nodiscard]] std::optional<ConfigError> objection_to_serving(const Config& config);
// Of a configuration without that; `world` is what its internet makes.
[[nodiscard]] std::vector<net::Serving> plan_serving(const Config& config,
                                                     const sim::WorldConfig& world);

}  // namespace vmodem::app
