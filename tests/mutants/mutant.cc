#include "tests/mutants/mutant.h"

namespace vmodem::mutants {
namespace {

constinit const Setter* first = nullptr;

}  // namespace

std::uint32_t active = 0;

Setter::Setter(std::uint32_t mutant, void (*set)()) : mutant_(mutant), set_(set), next_(first) {
  first = this;
}

void Setter::choose(std::uint32_t mutant) {
  active = mutant;
  for (const auto* setter = first; setter != nullptr; setter = setter->next_) {
    if (setter->mutant_ == mutant) setter->set_();
  }
}

}  // namespace vmodem::mutants
