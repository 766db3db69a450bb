// Phrases for the log: why something was dropped or did not succeed, and how the radio stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coap_core/message_layer.h"
#include "firmware/radio/registration.h"

namespace vmodem::firmware {

[[nodiscard]] std::string_view describe(coap::DropReason reason);
[[nodiscard]] std::string_view describe(coap::Outcome outcome);
// `serving` is null where no network serves the module.
[[nodiscard]] std::string describe(const RegistrationChanged& change, const Operator* serving);
[[nodiscard]] std::string describe(const std::optional<Signal>& signal);

}  // namespace vmodem::firmware
