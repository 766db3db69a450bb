// The modules of the note's Table 1 and how each names itself.
#pragma once

#include <span>
#include <string_view>

namespace vmodem::firmware {

struct Model {
  std::string_view name;      // as ATI prints it, with the dash
  std::string_view revision;  // as AT+GMR prints it
};

[[nodiscard]] std::span<const Model> models();
// Null for a name that is none of them; letters of either case.
[[nodiscard]] const Model* find_model(std::string_view name);

}  // namespace vmodem::firmware
