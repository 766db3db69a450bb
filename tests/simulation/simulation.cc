#include "tests/simulation/simulation.h"

#include <fmt/format.h>

#include "firmware/recording/player.h"
#include "firmware/recording/reader.h"
#include "tests/simulation/host.h"
#include "ufs/memory_store.h"

namespace vmodem::simulation {
namespace {

// After the last word: what lives on is bounded.
constexpr Duration kAfterlife = 600s;
constexpr int kWakeUpsMax = 5000;

Result run_with(std::uint64_t seed, std::uint64_t chunks, bool is_verbose,
                recording::Recorder* recorder = nullptr) {
  const auto scene = make_scene(seed);
  Result result;
  Journal journal(is_verbose);
  Rig rig(scene, result.findings, journal, recorder);
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

// The record of a run, played on a fresh modem, says and tells the same.
void check_record(std::uint64_t seed, Result& result) {
  recording::Recorder recorder;
  recorder.begin({});
  const auto recorded = run_with(seed, seed, false, &recorder);
  const auto record = recording::read_record(recorder.take_lines());
  if (!record) return result.findings.add("record", record.error());

  const auto scene = make_scene(seed);
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random(scene.seed);
  testbed::Testbed testbed(scene.testbed, files, settings, random);
  recording::Player player(testbed, [](Instant, const recording::RequestMade&) {});
  Hash entries;
  for (const auto& step : record->steps) {
    const auto played = player.play(step);
    while (auto entry = testbed.journal().poll_entry()) add(entries, std::move(*entry));
    while (testbed.poll_passage()) continue;
    if (!played) return result.findings.add("record", played.error());
  }
  if (entries.value() != recorded.fingerprint.entries) {
    result.findings.add("record", "the journal of the record, played, is another");
  }
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
  check_record(seed, result);
  // A wild host's octets come from the same dice as its chunks.
  if (make_scene(seed).traits.host == HostKind::kWild) return result;
  if (run_with(seed, ~seed, false).fingerprint != result.fingerprint) {
    result.findings.add("chunking", "other chunks of the same octets give something else");
  }
  return result;
}

}  // namespace vmodem::simulation
