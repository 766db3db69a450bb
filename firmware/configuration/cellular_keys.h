// The rows of the key table for the cellular link.
#pragma once

#include <span>

#include "firmware/configuration/keys.h"

namespace vmodem::app {

[[nodiscard]] std::span<const ConfigKey> cellular_keys();

}  // namespace vmodem::app
