// What a benchmark found, and the two ways to print it.
#pragma once

#include <optional>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/base/expected.h"

namespace vmodem::benchmark {

enum class Judged : std::uint8_t { kValue, kDifference, kRatio };
enum class Bound : std::uint8_t { kAtMost, kAtLeast };

struct Target {
  Judged judged;
  Bound bound;
  double limit;
};

struct Figure {
  std::string name;
  std::string unit;
  double value;
  std::optional<double> floor = {};  // of the same run, in the same unit
  std::optional<Target> target = {};

  // Nothing without a floor.
  [[nodiscard]] std::optional<double> ratio() const;
  // Nothing without a target.
  [[nodiscard]] std::optional<bool> is_met() const;
};

// The error is one phrase: what could not run.
using Figures = Expected<std::vector<Figure>, std::string>;

[[nodiscard]] std::string table_head();
[[nodiscard]] std::string to_row(const Figure& figure);
[[nodiscard]] std::string to_json(const std::vector<Figure>& figures);

}  // namespace vmodem::benchmark
