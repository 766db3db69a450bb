// AT round trips over the PTY, start-up and resident memory.
#include <string_view>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/serial_port.h"

namespace vmodem::benchmark {
namespace {

constexpr int kStarts = 30;
constexpr int kRounds = 40;
constexpr int kCommands = 500;  // a round and kind

struct Series {
  Samples round_trip_us;
  Samples cpu_us;  // of the server, a command; one sample a round
};

bool run_round(Modem& modem, std::string_view line, Series& series) {
  const auto cpu_before = modem.process.cpu_us();
  for (int i = 0; i < kCommands; ++i) {
    bool is_answered = false;
    series.round_trip_us.add(time_us([&] { is_answered = modem.port.exchange(line); }));
    if (!is_answered) return false;
  }
  series.cpu_us.add((modem.process.cpu_us() - cpu_before) / kCommands);
  return true;
}

struct StartUp {
  Samples first_ok_us;
  double resident = 0;
};

Expected<void, std::string> start_once(const std::vector<std::string>& arguments, StartUp& found) {
  const auto begin = Clock::now();
  const auto modem = start_modem(arguments);
  if (!modem) return unexpected(modem.error());
  found.first_ok_us.add(microseconds(Clock::now() - begin));
  found.resident = resident_mib(modem->process.id());
  return {};
}

Expected<void, std::string> measure_start(const Programs& programs, std::vector<Figure>& figures) {
  StartUp ours;
  StartUp floor;
  for (int i = 0; i < kStarts; ++i) {
    if (auto done = start_once({programs.floor_responder}, floor); !done) return done;
    if (auto done = start_once({programs.vmodem, "--json"}, ours); !done) return done;
  }
  figures.push_back({"exec to first OK, p50", "ms", ours.first_ok_us.median() / 1e3,
                     floor.first_ok_us.median() / 1e3, Target{Judged::kValue, Bound::kAtMost, 5}});
  figures.push_back({"resident after the first OK", "MiB", ours.resident, floor.resident,
                     Target{Judged::kValue, Bound::kAtMost, 8}});
  return {};
}

void add_series(std::string_view name, const Series& ours, const Series& floor,
                std::vector<Figure>& figures) {
  const std::string prefix(name);
  figures.push_back({prefix + ", round trip p50", "µs", ours.round_trip_us.median(),
                     floor.round_trip_us.median(), Target{Judged::kDifference, Bound::kAtMost, 5}});
  figures.push_back({prefix + ", round trip p99", "µs", ours.round_trip_us.percentile(0.99),
                     floor.round_trip_us.percentile(0.99)});
  figures.push_back({prefix + ", server CPU", "µs", ours.cpu_us.median(), floor.cpu_us.median(),
                     Target{Judged::kValue, Bound::kAtMost, 8}});
}

}  // namespace

Figures measure_port(const Programs& programs) {
  std::vector<Figure> figures;
  if (auto done = measure_start(programs, figures); !done) return unexpected(done.error());

  auto floor = start_modem({programs.floor_responder});
  if (!floor) return unexpected(floor.error());
  auto ours = start_modem({programs.vmodem, "--json"});
  if (!ours) return unexpected(ours.error());
  if (!ours->port.exchange("ATE0\r")) return unexpected(std::string("ATE0 is not answered"));

  Series responder;
  Series plain;
  Series query;
  for (int round = 0; round < kRounds; ++round) {
    if (!run_round(*floor, "AT\r", responder) || !run_round(*ours, "AT\r", plain) ||
        !run_round(*ours, "AT+QCOAPCFG=\"trans\",0\r", query)) {
      return unexpected(std::string("a command is not answered"));
    }
  }
  add_series("AT", plain, responder, figures);
  add_series("AT+QCOAPCFG=\"trans\",0", query, responder, figures);
  return figures;
}

}  // namespace vmodem::benchmark
