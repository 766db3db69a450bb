// A whole file as text.
#pragma once

#include <cstddef>
#include <string>

#include "firmware/base/expected.h"

namespace vmodem::app {

inline constexpr std::size_t kTextSizeMax = 4U << 20;

// The error is one phrase: so is more than kTextSizeMax, and whatever is no regular file.
[[nodiscard]] Expected<std::string, std::string> read_text_file(const std::string& path);

}  // namespace vmodem::app
