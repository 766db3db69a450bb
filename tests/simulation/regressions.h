// Seeds that have found something: every run of the program begins with them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vmodem::simulation {

struct Regression {
  std::uint64_t seed;
  std::string_view what;
};

inline constexpr std::array<Regression, 0> kRegressions{};

}  // namespace vmodem::simulation
