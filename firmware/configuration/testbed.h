// What a configuration says of a modem and its surroundings, as a testbed takes it.
#pragma once

#include "firmware/configuration/config.h"
#include "firmware/testbed/testbed_config.h"

namespace vmodem::app {

// The configuration outlives what is made of it. Nobody reads the journal yet.
[[nodiscard]] testbed::TestbedConfig make_testbed_config(const Config& config,
                                                         const ClockSources& clocks);

}  // namespace vmodem::app
