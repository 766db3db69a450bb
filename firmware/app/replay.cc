#include "firmware/app/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>

#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"
#include "firmware/configuration/text_file.h"
#include "firmware/recording/player.h"
#include "ufs/memory_store.h"

namespace vmodem::app {
namespace {

// Findings are entries of the journal, so they belong to the run; but a run may be judged later.
constexpr std::string_view kLintKey = "lint";

bool is_own(const Assignment& assignment) {
  return assignment.key == kOneMoreListen || assignment.key == kOneMoreServing ||
         is_program_key(assignment.key);
}

std::string text_of(const std::string& path) {
  if (path.empty()) return {};
  return read_text_file(path).value_or(std::string());
}

void drop_own(Config& config) {
  const Config fresh;
  config.link = fresh.link;
  config.listen = fresh.listen;
  config.serve = fresh.serve;
  config.journal = fresh.journal;
  config.explains = fresh.explains;
  config.log = fresh.log;
  config.control = fresh.control;
  config.key_log = fresh.key_log;
  config.state = fresh.state;
  config.ufs = fresh.ufs;
  config.record = fresh.record;
}

// `tell` is called behind each step, and gives the last entry.
Expected<void, std::string> play(const recording::Record& record,
                                 std::optional<std::uint64_t> until, recording::Player& player,
                                 const std::function<std::uint64_t()>& tell) {
  auto last = tell();
  for (std::size_t i = 0; i < record.steps.size(); ++i) {
    if (until && last >= *until) return {};
    const auto played = player.play(record.steps[i]);
    last = tell();
    if (played) continue;
    return unexpected(fmt::format("the run parts from its record behind entry {}, at step {}: {}",
                                  last, i + 1, played.error()));
  }
  return {};
}

}  // namespace

recording::Header make_header(const CommandLine& command_line, std::int64_t seed,
                              const ClockSources& sources, const firmware::NvStore& settings,
                              const ufs::Store& files) {
  recording::Header header{.seed = seed,
                           .host_time = sources.host,
                           .automatic_time = sources.automatic,
                           .settings = settings.load()};
  header.config_name = command_line.config_file;
  header.config = text_of(command_line.config_file);
  Config config;
  if (!header.config.empty()) {
    (void)apply_config_text(config, header.config, header.config_name);
  }
  auto scenario = config.scenario;
  for (const auto& assignment : command_line.assignments) {
    if (is_own(assignment)) continue;
    if (assignment.key == "scenario") {
      scenario = assignment.value;
      continue;
    }
    header.assignments.push_back({assignment.where, assignment.key, assignment.value});
  }
  header.scenario = text_of(scenario);
  const auto all = files.list(std::numeric_limits<std::size_t>::max());
  for (const auto& info : all.value_or(std::vector<ufs::FileInfo>{})) {
    auto content = files.read(info.name, 0, info.size);
    if (content) header.files.emplace_back(info.name.spelling(), std::move(*content));
  }
  return header;
}

Expected<recording::Record, std::string> load_record(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return unexpected(fmt::format("record {}: it cannot be read", path));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  auto record = recording::read_record(text);
  if (!record) return unexpected(fmt::format("record {}: {}", path, record.error()));
  return record;
}

Expected<Config, ConfigError> make_replayed_config(const recording::Header& header,
                                                   const CommandLine& command_line) {
  CommandLine recorded;
  for (const auto& one : header.assignments) recorded.assignments.push_back({one[0], one[1], one[2]});
  std::ranges::copy_if(command_line.assignments, std::back_inserter(recorded.assignments),
                       [](const Assignment& one) { return is_own(one) || one.key == kLintKey; });
  Config config;
  if (!header.config.empty()) {
    auto applied = apply_config_text(config, header.config, header.config_name);
    if (!applied) return unexpected(std::move(applied.error()));
  }
  drop_own(config);
  config.scenario.clear();
  auto made = make_config(recorded, std::move(config));
  if (!made) return made;
  for (auto& fault : testbed::parse_scenario(header.scenario).faults) {
    made->faults.push_back(std::move(fault));
  }
  made->seed = header.seed;
  return made;
}

Expected<testbed::Stores, std::string> make_stores(const recording::Header& header) {
  testbed::Stores stores{std::make_unique<firmware::MemoryNvStore>(),
                         std::make_unique<ufs::MemoryStore>()};
  bool is_filled = header.settings.empty() || stores.settings->save(header.settings);
  for (const auto& [spelling, content] : header.files) {
    const auto name = ufs::FileName::parse(spelling);
    is_filled = is_filled && name && stores.files->write(*name, content);
  }
  if (is_filled) return stores;
  return unexpected(std::string("the record has files or settings that no module can have"));
}

Expected<Past::Arrival, std::string> play_record(
    const recording::Record& record, std::optional<std::uint64_t> until, testbed::Testbed& testbed,
    Network& network, control::Api& api, const std::function<void(const journal::Entry&)>& tell) {
  recording::Player player(testbed, [&](Instant now, const recording::RequestMade& request) {
    (void)api.handle(
        now,
        {request.method, request.path, {request.query.begin(), request.query.end()}, request.body});
  });
  std::uint64_t last = 0;
  const auto tell_all = [&] {
    while (const auto entry = testbed.journal().poll_entry()) {
      tell(*entry);
      last = entry->number;
    }
    return last;
  };
  auto played = play(record, until, player, tell_all);
  for (const auto& [transport, open] : player.open()) network.open(player.now(), open);
  for (const auto& [id, query] : player.asked()) network.ask(player.now(), query);
  if (!played) return unexpected(std::move(played.error()));
  return Past::Arrival{player.now(), player.is_on()};
}

}  // namespace vmodem::app
