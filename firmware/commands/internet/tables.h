// Name look-up, ping, network time, and the errors of the TCP/IP stack.
//
// In:  arguments, services.
// Out: responses, questions put.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> internet_commands();

}  // namespace vmodem::firmware
