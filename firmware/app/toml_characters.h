// What TOML 1.0 allows where: other characters than ASCII stand in strings and comments alone.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/app/config_tree.h"

namespace vmodem::app {

// The first character outside strings and comments that is no ASCII. TOML++ 3.3 must not be given
// such text: its tables of blanks take some of these characters for impossible.
[[nodiscard]] std::optional<FilePosition> find_foreign_character(std::string_view text);

}  // namespace vmodem::app
