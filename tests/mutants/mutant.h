// Which mutant of the modem runs, as the copies of its sources ask (schemata.py writes those).
#pragma once

#include <cstdint>
#include <type_traits>

namespace vmodem::mutants {

// 0: the modem as it is.
extern std::uint32_t active;

// What is computed while compiling is the modem as it is.
constexpr bool is(std::uint32_t mutant) {
  return !std::is_constant_evaluated() && mutant == active;
}

// For a constant that a mutant has otherwise: set when the mutant is chosen.
class Setter {
 public:
  Setter(std::uint32_t mutant, void (*set)());

  static void choose(std::uint32_t mutant);

 private:
  std::uint32_t mutant_;
  void (*set_)();
  const Setter* next_;
};

}  // namespace vmodem::mutants
