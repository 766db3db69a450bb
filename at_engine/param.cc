#include "at_engine/param.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace vmodem::at {

bool Param::allows(std::int64_t value) const {
  if (list_size == 0) return value >= min && value <= max;
  return std::find(list.begin(), list.begin() + list_size, value) != list.begin() + list_size;
}

std::string Param::to_test_text() const {
  switch (printed) {
    case Printed::kRange:
      return fmt::format("({}-{})", min, max);
    case Printed::kList:
      if (word_count > 0) {
        return fmt::format("(\"{}\")",
                           fmt::join(words.begin(), words.begin() + word_count, "\",\""));
      }
      return fmt::format("({})", fmt::join(list.begin(), list.begin() + list_size, ","));
    case Printed::kName:
      break;
  }
  return fmt::format("<{}>", name);
}

}  // namespace vmodem::at
