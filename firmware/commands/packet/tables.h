// PDP contexts, by 27.007 and by the TCP/IP stack.
//
// In:  arguments, services.
// Out: responses, now or when contexts are up.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> pdp_commands();
[[nodiscard]] std::span<const at::CommandSpec> pdp_socket_commands();

}  // namespace vmodem::firmware
