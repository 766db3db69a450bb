// The modules of the note's Table 1 and how each names itself.
//
// In:  a model's name.
// Out: what that model has.
#pragma once

#include <span>
#include <string_view>

namespace vmodem::firmware {

// Access technologies, by the number that <AcT> prints (AT95 §6.1).
enum class Technology : int { kEgprs = 0, kEmtc = 8, kNbIot = 9 };

// What a model has beside Cat M1, which all have.
struct Technologies {
  bool nb_iot = true;
  bool egprs = true;

  [[nodiscard]] bool has(Technology technology) const;
};

struct Model {
  std::string_view name;      // as ATI prints it, with the dash
  std::string_view revision;  // as AT+GMR prints it
  Technologies technologies;
};

[[nodiscard]] std::span<const Model> models();
// Null for a name that is none of them; letters of either case.
[[nodiscard]] const Model* find_model(std::string_view name);

}  // namespace vmodem::firmware
