// The basic command set (V.250), and the profile that AT&F, AT&W and ATZ move.
//
// In:  arguments, services.
// Out: responses, the profile in use.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> basic_commands();

}  // namespace vmodem::firmware
