// The six commands of the note, and the contexts of DTLS.
//
// In:  arguments, payloads, services.
// Out: responses, sessions and messages begun.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> coap_commands();
[[nodiscard]] std::span<const at::CommandSpec> ssl_commands();

}  // namespace vmodem::firmware
