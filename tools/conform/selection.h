// Which cases of a suite are played.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/conform/language/script.h"

namespace vmodem::conform {

// Each list that is not empty wants one of its words to fit; all lists have to.
struct Selection {
  std::vector<std::string> names{};  // patterns of the case's name: '*' is any text, '?' one octet
  std::vector<std::string> tags{};
  std::vector<std::string> clauses{};  // a clause begins so
  std::vector<Certainty> certainties{};

  [[nodiscard]] bool has(std::string_view name, const Script& script) const;
};

// '*' fits any text, also none and also '/'.
[[nodiscard]] bool fits(std::string_view name, std::string_view pattern);

}  // namespace vmodem::conform
