// How deep the keys of a TOML text lead, before a parser follows them down its stack.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/configuration/schema/tree.h"

namespace vmodem::app {

// Where the first key or table header of more than `parts_max` parts begins. The text need not be
// right.
[[nodiscard]] std::optional<FilePosition> find_deep_key(std::string_view text,
                                                        std::size_t parts_max);

}  // namespace vmodem::app
