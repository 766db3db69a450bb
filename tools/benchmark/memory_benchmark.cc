// What modem objects occupy.
#include <malloc.h>
#include <unistd.h>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/process.h"
#include "tools/benchmark/world.h"

namespace vmodem::benchmark {
namespace {

constexpr int kSessions = 1000;
constexpr int kIdle = 100;
constexpr double kKib = 1024;

struct Occupied {
  double resident_mib;
  double allocated_kib;
};

// With what the allocator can give back given back.
Occupied occupied() {
  ::malloc_trim(0);
  const auto info = ::mallinfo2();
  return {resident_mib(::getpid()), static_cast<double>(info.uordblks + info.hblkhd) / kKib};
}

double idle_modem_kib() {
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random(1);
  std::vector<firmware::Modem> modems;
  modems.reserve(kIdle);
  const auto before = occupied();
  for (int i = 0; i < kIdle; ++i) {
    modems.emplace_back(firmware::ModemConfig{}, files, settings, random);
  }
  return (occupied().allocated_kib - before.allocated_kib) / kIdle;
}

// Modems with their stores and one established session each. The servers have gone before the
// count.
Expected<Occupied, std::string> live_sessions() {
  std::vector<std::unique_ptr<World>> worlds;
  worlds.reserve(kSessions);
  const auto before = occupied();
  for (int i = 0; i < kSessions; ++i) {
    worlds.push_back(std::make_unique<World>(World::Transport::kSecured));
    if (!worlds.back()->open()) return unexpected(std::string("a session does not come up"));
    worlds.back()->forget_server();
  }
  const auto after = occupied();
  return Occupied{after.resident_mib - before.resident_mib,
                  after.allocated_kib - before.allocated_kib};
}

}  // namespace

Figures measure_memory(const Programs&) {
  const auto idle = idle_modem_kib();
  const auto sessions = live_sessions();
  if (!sessions) return unexpected(sessions.error());
  return std::vector<Figure>{
      {"an idle modem object, allocated", "KiB", idle, std::nullopt,
       Target{Judged::kValue, Bound::kAtMost, 16}},
      {"1,000 modems with a DTLS session, resident", "MiB", sessions->resident_mib, std::nullopt,
       Target{Judged::kValue, Bound::kAtMost, 60}},
      {"the same, allocated", "MiB", sessions->allocated_kib / kKib}};
}

}  // namespace vmodem::benchmark
