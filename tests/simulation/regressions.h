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

inline constexpr std::array<Regression, 3> kRegressions{{
    {3816, "of retransmissions served late, only the last was reported at sending"},
    {443, "a server's cookies changed with the wall's second, and a repeated hello with them"},
    {2932, "of an open behind the end of a session, the checks did not expect a URC"},
}};

}  // namespace vmodem::simulation
