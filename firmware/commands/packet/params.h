// Parameters that 27.007 and the TCP/IP stack share.
#pragma once

#include "at_engine/command.h"

namespace vmodem::firmware {

inline constexpr at::TextParam kApn{"APN", {.size_max = 100, .sample = "iot.example"}};

}  // namespace vmodem::firmware
