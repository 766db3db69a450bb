// Text as a cell of a table of Markdown.
#pragma once

#include <string>
#include <string_view>

namespace vmodem::reference {

// Bars and line ends would end a cell.
[[nodiscard]] std::string cell(std::string_view text);

}  // namespace vmodem::reference
