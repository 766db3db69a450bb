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

inline constexpr std::array<Regression, 1> kRegressions{{
    {3816, "of retransmissions served late, only the last was reported at sending"},
}};

}  // namespace vmodem::simulation
