#include "firmware/configuration/schema/reader.h"

#include <algorithm>

namespace vmodem::app {

std::vector<ConfigError> Mistakes::errors(const std::string& file) const {
  auto sorted = mistakes_;
  std::ranges::stable_sort(sorted, {}, [](const auto& mistake) { return mistake.first; });
  std::vector<ConfigError> errors;
  for (auto& [at, error] : sorted) {
    errors.push_back({fmt::format("{}:{}:{}", file, at.line, at.column), std::move(error.wrong),
                      std::move(error.right)});
  }
  if (count_ > kMistakesToldMax) errors.push_back(more_mistakes(file, count_ - kMistakesToldMax));
  return errors;
}

}  // namespace vmodem::app
