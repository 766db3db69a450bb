// Texts of others on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vmodem {

// In one line that alters no terminal: control characters and what is no UTF-8 as \\xNN, and the
// middle of what is longer than `size_max` octets as "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t size_max);

}  // namespace vmodem
