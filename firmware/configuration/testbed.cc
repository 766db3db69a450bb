#include "firmware/configuration/testbed.h"

namespace vmodem::app {

testbed::TestbedConfig make_testbed_config(const Config& config, const ClockSources& clocks) {
  testbed::TestbedConfig made{.modem = config.modem,
                              .internet = config.internet.source(),
                              .link = config.cellular.link,
                              .routes = config.network.routes,
                              .reaches_host = config.network.mode == net::NetworkMode::kHost,
                              .faults = config.faults,
                              .judges_host = config.lint != LintMode::kOff};
  made.modem.clock = make_clock(config.clock, clocks);
  return made;
}

}  // namespace vmodem::app
