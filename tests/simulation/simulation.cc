#include "tests/simulation/simulation.h"

#include <fmt/format.h>

#include "tests/simulation/host.h"

namespace vmodem::simulation {
namespace {

// After the last word: what lives on is bounded.
constexpr Duration kAfterlife = 600s;
constexpr int kWakeUpsMax = 5000;

Result run_with(std::uint64_t seed, std::uint64_t chunks, bool is_verbose) {
  const auto scene = make_scene(seed);
  Result result;
  Journal journal(is_verbose);
  Rig rig(scene, result.findings, journal);
  Host(scene, rig, result.findings, chunks).run();
  rig.inject("power-cut");
  rig.network().check_all_closed();
  const auto wake_ups = rig.wake_up_count();
  rig.pass(kAfterlife);
  if (rig.wake_up_count() - wake_ups > kWakeUpsMax) {
    result.findings.add("progress", fmt::format("{} wake-ups in {} without a host",
                                                rig.wake_up_count() - wake_ups, "10 minutes"));
  }
  result.fingerprint = rig.fingerprint();
  result.datagram_count = rig.network().datagram_count();
  if (is_verbose) result.journal = describe(scene) + journal.text();
  return result;
}

}  // namespace

Result run(std::uint64_t seed, bool is_verbose) {
  return run_with(seed, seed, is_verbose);
}

Result run_and_repeat(std::uint64_t seed) {
  auto result = run(seed, false);
  if (run(seed, false).fingerprint != result.fingerprint) {
    result.findings.add("determinism", "the same seed gives something else");
  }
  // A wild host's octets come from the same dice as its chunks.
  if (make_scene(seed).traits.host == HostKind::kWild) return result;
  if (run_with(seed, ~seed, false).fingerprint != result.fingerprint) {
    result.findings.add("chunking", "other chunks of the same octets give something else");
  }
  return result;
}

}  // namespace vmodem::simulation
