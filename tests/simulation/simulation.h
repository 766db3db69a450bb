// One run: a scene from its seed, its host, and all checks.
#pragma once

#include <cstdint>
#include <string>

#include "tests/simulation/finding.h"
#include "tests/simulation/rig.h"

namespace vmodem::simulation {

struct Result {
  Findings findings;
  Fingerprint fingerprint;
  std::string journal;  // where it was asked for
  std::size_t datagram_count = 0;
};

// Once.
[[nodiscard]] Result run(std::uint64_t seed, bool is_verbose);
// Again, and with other chunks: everything must be the same.
[[nodiscard]] Result run_and_repeat(std::uint64_t seed);

}  // namespace vmodem::simulation
