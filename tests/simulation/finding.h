// What a run has found wrong: the check's name and what was seen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vmodem::simulation {

struct Finding {
  std::string_view check;
  std::string text;
};

// The first ones of a run; what follows from them is of no interest.
class Findings {
 public:
  static constexpr std::size_t kCountMax = 10;

  void add(std::string_view check, std::string text) {
    if (all_.size() < kCountMax) all_.push_back({check, std::move(text)});
  }
  [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

 private:
  std::vector<Finding> all_;
};

}  // namespace vmodem::simulation
