// The speed of a line: of a serial device, or of one behind RFC 2217.
#pragma once

#include <cstdint>
#include <string>

#include "tools/conform/device/line.h"

namespace vmodem::conform {

// `place` is what Line::open() was given. Error: a place that has no speed, or a speed that the
// device does not have.
[[nodiscard]] Done set_speed(const Line& line, const std::string& place, std::uint32_t baud);

}  // namespace vmodem::conform
