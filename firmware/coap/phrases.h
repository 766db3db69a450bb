// Phrases for the log: why something was dropped, or did not succeed.
#pragma once

#include <string_view>

#include "coap_core/message_layer.h"

namespace vmodem::firmware {

[[nodiscard]] std::string_view describe(coap::DropReason reason);
[[nodiscard]] std::string_view describe(coap::Outcome outcome);

}  // namespace vmodem::firmware
