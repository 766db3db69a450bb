// Registration, packet service, power saving (27.007 §7, §10).
//
// In:  arguments, services.
// Out: responses.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> network_commands();
[[nodiscard]] std::span<const at::CommandSpec> packet_service_commands();
[[nodiscard]] std::span<const at::CommandSpec> power_saving_commands();

}  // namespace vmodem::firmware
