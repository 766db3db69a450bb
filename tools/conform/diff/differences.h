// Where two sessions part, by field. What a module has for itself or the hour tells (answer.h) is
// no difference, as long as it has that form on both sides.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/conform/diff/session.h"

namespace vmodem::conform {

struct Difference {
  std::string asked;               // the command line, or the name of a URC
  std::string where;               // "field 1", "result"; empty: the whole of it
  std::optional<std::string> a{};  // nothing: it is not there
  std::optional<std::string> b{};
  std::size_t a_line = 0;  // in the file; 0: none
  std::size_t b_line = 0;
  std::size_t count = 1;  // how often
};

[[nodiscard]] std::vector<Difference> differences(const Session& a, const Session& b);

// `more` joins `all`; those that are alike are counted.
void merge(std::vector<Difference>& all, std::vector<Difference> more);

// One line: AT+CGMM: field 1: "BG95-M3" / "BG77".
[[nodiscard]] std::string to_text(const Difference& difference);

}  // namespace vmodem::conform
