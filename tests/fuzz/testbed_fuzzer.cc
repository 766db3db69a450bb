// A module in the simulated world, with faults. Input: lines. "!" and a line of a scenario, which
// holds from the start; "@" and how many deadlines pass; "=" and a fault at once; anything else the
// host types.
#include <algorithm>
#include <charconv>

#include "firmware/base/check.h"
#include "firmware/testbed/testbed.h"
#include "net/sim/description/ready_worlds.h"
#include "ufs/memory_store.h"

using namespace vmodem;

namespace {

constexpr int kLinesMax = 100;
constexpr int kJumpsMax = 64;
constexpr int kActionsMax = 200'000;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kLinesMax) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

testbed::TestbedConfig config_of(const std::vector<std::string_view>& lines) {
  std::string scenario;
  for (const auto line : lines) {
    if (line.starts_with('!')) scenario.append(line.substr(1)).append("\n");
  }
  testbed::TestbedConfig config;
  config.internet = sim::ready_world();
  config.faults = testbed::parse_scenario(scenario).faults;
  return config;
}

class Run {
 public:
  explicit Run(const testbed::TestbedConfig& config)
      : testbed_(config, files_, settings_, random_) {
    settle();
  }

  void type(std::string_view line) {
    const auto octets = to_bytes(std::string(line) + "\r");
    testbed_.handle_serial(now_,
                           ByteView(octets).first(std::min(octets.size(), testbed_.serial_room())));
    settle();
  }
  void inject(std::string_view text) {
    auto deed = testbed::parse_deed(text);
    if (!deed) return;
    testbed_.inject(now_, std::move(*deed), std::string(text));
    settle();
  }
  void jump(std::string_view text) {
    int count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    for (int i = 0; i < std::min(count, kJumpsMax); ++i) {
      const auto due = testbed_.poll_timeout();
      if (!due || *due > kEnd) return;
      now_ = std::max(now_, *due);
      testbed_.handle_timeout(now_);
      settle();
    }
  }

 private:
  static constexpr Instant kEnd{std::chrono::hours(24 * 365)};

  // The real network answers nothing.
  void settle() {
    bool is_moving = true;
    while (is_moving) {
      is_moving = testbed_.poll_action().has_value();
      const auto size = testbed_.poll_serial().size();
      if (!is_moving && size > 0) {
        testbed_.handle_serial_written(size);
        is_moving = true;
      }
      BG_CHECK(++actions_ < kActionsMax, "a finite input asks for finitely many actions");
    }
  }

  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_{1};
  Instant now_{};
  int actions_ = 0;
  testbed::Testbed testbed_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = lines_of(as_text(ByteView(data, size)));
  Run run(config_of(lines));
  for (const auto line : lines) {
    if (line.starts_with('!')) continue;
    if (line.starts_with('@')) {
      run.jump(line.substr(1));
    } else if (line.starts_with('=')) {
      run.inject(line.substr(1));
    } else {
      run.type(line);
    }
  }
  return 0;
}
