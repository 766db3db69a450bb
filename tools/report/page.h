// What stands in every page, whatever it tells.
#pragma once

#include <string_view>

namespace vmodem::report {

// Up to the content, and from its end on. The script filters and folds; nothing needs it.
[[nodiscard]] std::string_view page_head();
[[nodiscard]] std::string_view page_tail();

}  // namespace vmodem::report
