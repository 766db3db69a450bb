// What a seed stands for: the module, its network, what goes wrong, and what the host says.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firmware/testbed/testbed.h"
#include "tests/simulation/host_script.h"

namespace vmodem::simulation {

struct Scene {
  std::uint64_t seed = 0;
  testbed::TestbedConfig testbed;
  ScriptTraits traits;
  std::vector<Step> steps;
  std::vector<std::string> faults;  // as written
  bool has_steady_radio =
      true;  // nothing but the host interrupts registration, power or the module's clock
};

[[nodiscard]] Scene make_scene(std::uint64_t seed);
// For --verbose.
[[nodiscard]] std::string describe(const Scene& scene);

}  // namespace vmodem::simulation
