// Functionality and power-off (27.007 §8.2, AT95 §2.22, §11.1).
#include <fmt/format.h>

#include "firmware/commands/module/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<Functionality> kFunctionality{"fun", {0, 1, 4}};
constexpr auto kReset = IntParam<>("rst", {0, 1}).by_default(0);
constexpr auto kPowerDownMode = IntParam<>("n", {0, 1}).by_default(1);

void apply(Services& services, Instant now, Functionality functionality) {
  services.power.set_functionality(functionality);
  switch (functionality) {
    case Functionality::kMinimum:
      services.radio.switch_off(now);
      services.sim.power_off();
      return;
    case Functionality::kAirplane:
      services.radio.switch_off(now);
      services.sim.power_on(now);
      return;
    case Functionality::kFull:
      services.sim.power_on(now);
      services.radio.set_sim_ready(now, services.sim.is_ready());
      services.radio.switch_on(now);
      return;
  }
}

Outcome read_functionality(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CFUN: {}", static_cast<int>(services.power.functionality())));
}

Outcome set_functionality(Services& services, Instant now, const Arguments& args) {
  const auto functionality = args.get(kFunctionality);
  if (args.get(kReset) == 1) {
    // AT95 §2.22: a reset only goes with full functionality.
    if (functionality != Functionality::kFull) return at::error();
    services.power.reset(now);
    return at::ok();
  }
  if (functionality != services.power.functionality()) apply(services, now, functionality);
  return at::ok();
}

Outcome power_down(Services& services, Instant now, const Arguments& args) {
  services.power.power_down(now, args.get(kPowerDownMode) == 0);
  return at::ok();
}

constexpr CommandSpec kPowerCommands[] = {
    {.name = "+CFUN", .summary = "Functionality, and reset", .write = {kFunctionality, kReset},
     .optional = 1, .on_read = read_functionality, .on_write = set_functionality,
     .response_time_max = 15s, .source = "AT95 §2.22"},
    {.name = "+QPOWD", .summary = "Power off: 0 immediately, 1 with detach", .write = {kPowerDownMode},
     .optional = 1, .on_write = power_down, .on_execute = power_down, .response_time_max = 65s,
     .source = "AT95 §11.1"},
};
static_assert(at::is_sorted_by_name(kPowerCommands));

}  // namespace

std::span<const CommandSpec> power_commands() { return kPowerCommands; }

}  // namespace vmodem::firmware
