// The file store, whole files and open ones.
//
// In:  arguments, uploads, services.
// Out: responses, downloads.
#pragma once

#include <span>

#include "at_engine/command.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> file_commands();
[[nodiscard]] std::span<const at::CommandSpec> file_handle_commands();

}  // namespace vmodem::firmware
