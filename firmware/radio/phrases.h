// Phrases for the log: how the radio stands.
#pragma once

#include <optional>
#include <string>

#include "firmware/radio/registration.h"

namespace vmodem::firmware {

// `serving` is null where no network serves the module.
[[nodiscard]] std::string describe(const RegistrationChanged& change, const Operator* serving);
[[nodiscard]] std::string describe(const std::optional<Signal>& signal);

}  // namespace vmodem::firmware
