// Thousands of modems in one process, in virtual time.
#include <fmt/format.h>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/fleet.h"
#include "tools/benchmark/samples.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 5;
constexpr Duration kSpan = 300s;
constexpr double kLoss = 0.1;  // each way

FleetConfig lossy_fleet() {
  FleetConfig config;
  config.link.uplink = {.loss = kLoss, .delay = 150ms, .jitter = 100ms};
  config.link.downlink = config.link.uplink;
  return config;
}

}  // namespace

Figures measure_fleet(const Programs&) {
  // CPU time: nothing here waits, so that it is what a machine of one's own takes.
  Samples building_us;
  Samples running_us;
  std::uint64_t sent = 0;
  std::uint64_t transmissions = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::unique_ptr<Fleet> fleet;
    building_us.add(cpu_time_us([&] { fleet = std::make_unique<Fleet>(lossy_fleet()); }));
    running_us.add(cpu_time_us([&] { fleet->run(Instant{} + kSpan); }));
    sent = fleet->sent_count();
    transmissions = fleet->transmission_count();
    // What is under way at the end is one in ten at most.
    if (fleet->acknowledged_count() < sent * 9 / 10)
      return unexpected(std::string("messages stay unanswered"));
  }
  const auto messages = static_cast<double>(sent);
  return std::vector<Figure>{
      {"5,000 modems, CON over a lossy link, 300 s", "ms", running_us.best() / 1000, std::nullopt,
       Target{Judged::kValue, Bound::kAtMost, 500}},
      {"their construction and sessions", "ms", building_us.best() / 1000},
      {"one message of theirs, link and server included", "µs", running_us.best() / messages},
      {"transmissions a message", "", static_cast<double>(transmissions) / messages}};
}

}  // namespace vmodem::benchmark
