// The switches by what they are about.
#pragma once

#include <span>

#include "firmware/configuration/dialect_keys.h"

namespace vmodem::app {

[[nodiscard]] std::span<const DialectKey> command_dialect();
[[nodiscard]] std::span<const DialectKey> payload_dialect();
[[nodiscard]] std::span<const DialectKey> message_dialect();

}  // namespace vmodem::app
