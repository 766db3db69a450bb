// Settings by tag: AT+QCFG, AT+QICFG, AT+QINDCFG, AT+QURCCFG.
//
// In:  arguments, services.
// Out: responses, settings and what they bring about.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> qcfg_commands();
[[nodiscard]] std::span<const at::CommandSpec> configuration_commands();

}  // namespace vmodem::firmware
