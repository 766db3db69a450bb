// What the module itself is asked: names, readings, power, card, clock.
//
// In:  arguments, services.
// Out: responses.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> identification_commands();
[[nodiscard]] std::span<const at::CommandSpec> general_commands();
[[nodiscard]] std::span<const at::CommandSpec> power_commands();
[[nodiscard]] std::span<const at::CommandSpec> sim_commands();
[[nodiscard]] std::span<const at::CommandSpec> clock_commands();

}  // namespace vmodem::firmware
