// A whole file as text.
#pragma once

#include <string>

#include "firmware/base/expected.h"

namespace vmodem::app {

// The error is one phrase.
[[nodiscard]] Expected<std::string, std::string> read_text_file(const std::string& path);

}  // namespace vmodem::app
