// How a command of the TCP/IP or SSL stack ends: AT+QIGETERROR tells it afterwards (TCP95 §2.3.17,
// SSL95 §5).
#pragma once

#include "at_engine/command.h"
#include "firmware/internet/socket_error.h"

namespace vmodem::firmware {

// ERROR, and why.
[[nodiscard]] at::Outcome refuse(at::Services& services, SocketError why);
[[nodiscard]] at::Outcome accept(at::Services& services, at::Response answer = at::ok());

// CommandSpec::on_refused of each of these commands.
void note_invalid_parameters(at::Services& services);

}  // namespace vmodem::firmware
