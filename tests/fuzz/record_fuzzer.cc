// A record of a run, right or wrong: it is read or refused, cut somewhere, and what is left is played
// as far as the module does what it says.
#include "firmware/base/check.h"
#include "firmware/recording/player.h"
#include "firmware/recording/reader.h"
#include "firmware/recording/sessions.h"
#include "net/sim/description/ready_worlds.h"
#include "ufs/memory_store.h"

using namespace vmodem;

namespace {

constexpr std::size_t kStepsMax = 500;

std::size_t line_count(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// As its steps are, and ends with a line.
void check_cut(std::string_view text, recording::Record record, Instant last) {
  record.cut(last);
  BG_CHECK(record.ends.size() == record.steps.size() + 1, "the header and each step have an end");
  const auto kept = text.substr(0, record.ends.back());
  BG_CHECK(kept.ends_with('\n'), "a record ends with a line");
  const auto again = recording::read_record(kept);
  BG_CHECK(again && again->steps.size() == record.steps.size(), "what is left is a record");
}

void play(const recording::Record& record) {
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random(1);
  recording::PlayedSessions sessions(record.sessions);
  testbed::TestbedConfig config;
  config.internet = sim::ready_world();
  config.modem.sessions = &sessions;
  testbed::Testbed testbed(config, files, settings, random);
  recording::Player player(testbed, [](Instant, const recording::RequestMade&) {});
  for (std::size_t i = 0; i < std::min(record.steps.size(), kStepsMax); ++i) {
    if (!player.play(record.steps[i])) return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  const auto record = recording::read_record(text);
  if (!record) return 0;
  BG_CHECK(record->steps.size() < std::max<std::size_t>(line_count(text), 1), "a line is a step");
  if (!record->steps.empty()) {
    check_cut(text, *record, record->steps[record->steps.size() / 2].at);
  }
  check_cut(text, *record, Instant{} - std::chrono::seconds(1));
  play(*record);
  return 0;
}
