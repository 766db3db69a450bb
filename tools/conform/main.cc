// vmodem-conform: plays conformance cases on the modem object, over the C library, on a vmodem, or
// on a module.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tools/conform/catalogue/command.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/diff/diff.h"
#include "tools/conform/options.h"
#include "tools/conform/output/progress.h"
#include "tools/conform/output/run.h"
#include "tools/conform/record/record.h"
#include "tools/conform/replay/replay.h"
#include "tools/conform/rewrite.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"
#include "tools/conform/survey/command.h"

namespace vmodem::conform {
namespace {

constexpr int kFailed = 1;
constexpr int kUnusable = 2;
constexpr int kUnreached = 3;

int refuse(const Fault& fault) {
  fmt::print(stderr, "vmodem-conform: {}; right: {}\n", fault.what, fault.right);
  return kUnusable;
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
    case Verdict::kLeftOut:
      return 0;
    case Verdict::kFailed:
      return kFailed;
    case Verdict::kUnusable:
      return kUnusable;
    case Verdict::kUnreached:
      break;
  }
  return kUnreached;
}

// A vmodem of its own waits most of its time; a modem object never.
std::size_t job_count(const Options& options) {
  if (options.way.kind == Way::Kind::kPort) return 1;
  if (options.jobs > 0) return options.jobs;
  const auto cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  return options.way.kind == Way::Kind::kSpawned ? 4 * cores : cores;
}

Expected<std::vector<std::string>, Fault> files_of(const Options& options,
                                                   const std::string& root) {
  auto paths = options.paths;
  if (paths.empty() || !options.suite.empty()) {
    if (root.empty()) {
      return unexpected(
          Fault{"vmodem's suite is not installed", "a PATH, or an installation of it"});
    }
    auto folder = suite_folder(root, options.suite.empty() ? "note" : options.suite);
    if (!folder) return unexpected(std::move(folder.error()));
    paths.insert(paths.begin(), std::move(*folder));
  }
  auto files = cases_below(paths);
  if (files) *files = files_of(options.shard, *files);
  return files;
}

// A file that cannot be read is always chosen: it would be missed otherwise.
std::vector<Planned> plan(const Options& options, const std::string& root,
                          const std::vector<std::string>& files) {
  const ReadOptions reading{.server_address = options.way.port.server_address};
  std::vector<Planned> cases;
  for (const auto& file : files) {
    Planned one{file, case_name(root, file), read_script(file, reading)};
    if (one.script && !options.selection.has(one.name, *one.script)) continue;
    cases.push_back(std::move(one));
  }
  return cases;
}

int list(const std::vector<Planned>& cases, bool json) {
  for (const auto& one : cases) {
    if (!one.script) continue;
    const auto& script = *one.script;
    if (!json) {
      fmt::print("{}  {} checks, {} {}\n", one.name, script.checks.size(),
                 name_of(script.ground.certainty), script.ground.by);
      continue;
    }
    const nlohmann::json line{{"name", one.name},
                              {"file", one.file},
                              {"clauses", script.clauses},
                              {"certainty", name_of(script.ground.certainty)},
                              {"by", script.ground.by},
                              {"tags", script.tags},
                              {"checks", script.checks.size()}};
    fmt::print("{}\n", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  return 0;
}

Report rewrite_one(const Planned& one) {
  if (!one.script) return unusable(one.file, one.script.error());
  if (!one.script->is_plain) return left_out(one.file, "tables and includes are written by hand");
  const auto config = make_modem_config(*one.script);
  if (!config) return unusable(one.file, config.error());
  ModemBackend backend(*config, *one.script);
  const auto text = rewrite(*one.script, backend);
  if (!text) return failed(one.file, text.error());
  std::ofstream out(one.file, std::ios::binary | std::ios::trunc);
  out << *text << std::flush;
  if (!out) return unusable(one.file, {0, {"it cannot be written", "a file of one's own"}});
  return passed(one.file);
}

int rewrite_all(const std::vector<Planned>& cases) {
  int code = 0;
  for (const auto& one : cases) {
    const auto report = rewrite_one(one);
    fmt::print("{}\n", to_text(report));
    code = std::max(code, exit_code(report.verdict));
  }
  return code;
}

bool write_file(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text << std::flush;
  if (!out) fmt::print(stderr, "vmodem-conform: {} cannot be written\n", path);
  return static_cast<bool>(out);
}

bool write_files(const Options& options, const Run& run) {
  const bool has_junit = options.junit.empty() || write_file(options.junit, to_junit(run));
  const bool has_html = options.html.empty() || write_file(options.html, to_html(run));
  const bool has_markdown =
      options.markdown.empty() || write_file(options.markdown, to_markdown(run));
  return has_junit && has_html && has_markdown;
}

int play_all(const Options& options, const std::vector<Planned>& cases) {
  const auto order = order_of(cases.size(), options.order);
  const bool is_terminal = isatty(STDOUT_FILENO) == 1;
  const auto* no_colour = std::getenv("NO_COLOR");
  const bool has_colour = is_terminal && (no_colour == nullptr || *no_colour == '\0');
  Progress progress(stdout, order.size(), is_terminal, has_colour);
  Run run{.place = to_text(options.way)};
  int code = 0;
  const auto begin = std::chrono::steady_clock::now();
  run_cases(cases, order, options.way, job_count(options), [&](const Report& report) {
    run.totals.add(report);
    code = std::max(code, exit_code(report.verdict));
    if (options.json) {
      fmt::print("{}\n", to_json(report));
      std::fflush(stdout);
    } else {
      progress.tell(report);
    }
    run.reports.push_back(report);
  });
  run.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - begin);
  if (!options.json) progress.finish(run.totals, run.took);
  return write_files(options, run) ? code : kUnusable;
}

int run(const Options& options, const std::string& program) {
  const auto root = suite_root(program).value_or("");
  const auto files = files_of(options, root);
  if (!files) return refuse(files.error());
  const auto cases = plan(options, root, *files);
  if (cases.empty())
    return refuse({"no case is chosen", "a suite, names, tags or clauses that fit"});
  if (options.lists) return list(cases, options.json);
  if (options.rewrites) return rewrite_all(cases);
  if (options.way.kind == Way::Kind::kPort) {
    const auto line = Line::open(options.way.port.place, options.way.port.baud);
    if (!line) {
      fmt::print(stderr, "vmodem-conform: {}\n", line.error().what);
      return kUnreached;
    }
  }
  return play_all(options, cases);
}

struct Command {
  std::string_view name;
  int (*run)(int argc, char** argv);
};
// Words in the first place that do something else than play.
constexpr std::array<Command, 5> kCommands{{
    {"catalogue", &run_catalogue},
    {"diff", &run_diff},
    {"record", &run_record},
    {"replay", &run_replay},
    {"survey", &run_survey},
}};

}  // namespace
}  // namespace vmodem::conform

int main(int argc, char** argv) {
  using namespace vmodem::conform;
  const std::string_view word = argc > 1 ? argv[1] : "";
  for (const auto& command : kCommands) {
    if (word == command.name) return command.run(argc - 1, argv + 1);
  }
  const auto line = parse_options(argc, argv);
  if (!line.options) return line.status;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return run(*line.options, program.string());
}
