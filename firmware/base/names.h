// Names that people mistype.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vmodem {

// ` (did you mean "a" or "b"?)`: the two of `names` nearest to `given`, the nearest first, each
// behind `prefix`; empty where there are no names. A name with dots is also near by its last part.
[[nodiscard]] std::string did_you_mean(std::string_view given,
                                       std::span<const std::string_view> names,
                                       std::string_view prefix = {});

}  // namespace vmodem
