// One of the parts into which a list of files is dealt, so that several runs share it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

struct Part {
  std::size_t number = 1;  // from 1 to count
  std::size_t count = 1;
};

// "I/N".
[[nodiscard]] Expected<Part, Fault> parse_part(std::string_view text);

// Every count-th file: neighbours in a sorted list take alike long and go to different parts.
[[nodiscard]] std::vector<std::string> files_of(Part part, const std::vector<std::string>& files);

}  // namespace vmodem::conform
