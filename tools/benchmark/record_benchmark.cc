// What a recorder between host and modem costs a round trip.
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/serial_port.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRecordRounds = 20;
constexpr int kRecordedCommands = 500;  // a round

bool exchange_round(Modem& modem, Samples& round_trip_us) {
  for (int i = 0; i < kRecordedCommands; ++i) {
    bool is_answered = false;
    round_trip_us.add(time_us([&] { is_answered = modem.port.exchange("AT\r"); }));
    if (!is_answered) return false;
  }
  return true;
}

// Gone at the end, as what is measured is not kept.
struct RecordFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("vmodem-bench-" + std::to_string(::getpid()));
  RecordFolder() { std::filesystem::create_directory(path); }
  RecordFolder(const RecordFolder&) = delete;
  RecordFolder& operator=(const RecordFolder&) = delete;
  ~RecordFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

Figures measure_record(const Programs& programs) {
  auto floor = start_modem({programs.floor_responder});
  if (!floor) return unexpected(floor.error());
  auto device = Process::start({programs.floor_responder});
  if (!device) return unexpected(device.error());
  const auto ready = nlohmann::json::parse(device->read_line(), nullptr, false);
  const RecordFolder folder;
  auto recorded =
      start_modem({programs.conform, "record", "--json", "--port", ready.value("pty", ""), "--link",
                   folder.path / "port", "--output", folder.path / "session.at"});
  if (!recorded) return unexpected(recorded.error());

  Samples direct_us;
  Samples recorded_us;
  for (int round = 0; round < kRecordRounds; ++round) {
    if (!exchange_round(*floor, direct_us) || !exchange_round(*recorded, recorded_us)) {
      return unexpected(std::string("a command is not answered"));
    }
  }
  const Target added{Judged::kDifference, Bound::kAtMost, 200};
  return std::vector<Figure>{
      {"AT through record, round trip p50", "µs", recorded_us.median(), direct_us.median(), added},
      {"AT through record, round trip p99", "µs", recorded_us.percentile(0.99),
       direct_us.percentile(0.99), added}};
}

}  // namespace vmodem::benchmark
