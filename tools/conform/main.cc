// vmodem-conform: plays cases on the modem object, over the C library, on a vmodem, or on
// a serial port.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "tools/conform/device/library_backend.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/diff/diff.h"
#include "tools/conform/part.h"
#include "tools/conform/record/record.h"
#include "tools/conform/replay/replay.h"
#include "tools/conform/report.h"
#include "tools/conform/rewrite.h"
#include "tools/conform/device/serial_backend.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUnusable = 2;

struct Options {
  std::vector<std::string> files;
  Part part;
  std::string spawn;
  std::string over = "pty";
  std::string port;
  bool uses_library = false;
  bool rewrites = false;
  bool json = false;
};

template <class Created>
Report play_on(const std::string& file, const Script& script, Created backend) {
  if (!backend) return failed(file, {.what = backend.error().what});
  if (auto failure = play(script, **backend)) return failed(file, std::move(*failure));
  return passed(file);
}

Report play_in_real_time(const std::string& file, const Script& script, const Options& options) {
  if (script.virtual_only) return left_out(file, *script.virtual_only);
  if (!options.spawn.empty()) {
    return play_on(file, script, SerialBackend::spawn(options.spawn, script, options.over));
  }
  if (auto why = SerialBackend::why_not_open(script)) return left_out(file, std::move(*why));
  return play_on(file, script, SerialBackend::open(options.port, script));
}

Report play_over_library(const std::string& file, const Script& script) {
  if (auto why = LibraryBackend::why_not_play(script)) return left_out(file, std::move(*why));
  return play_on(file, script, LibraryBackend::create(script));
}

Report rewrite_file(const std::string& file, const Script& script, Backend& backend) {
  const auto text = rewrite(script, backend);
  if (!text) return failed(file, text.error());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << *text << std::flush;
  if (!out) return unusable(file, {0, {"it cannot be written", "a file of one's own"}});
  return passed(file);
}

Report run_file(const std::string& file, const Options& options) {
  const auto script = read_script(file);
  if (!script) return unusable(file, script.error());
  const auto config = make_modem_config(*script);
  if (!config) return unusable(file, config.error());
  if (!options.spawn.empty() || !options.port.empty()) {
    return play_in_real_time(file, *script, options);
  }
  if (options.uses_library) return play_over_library(file, *script);
  ModemBackend backend(*config, *script);
  if (options.rewrites) return rewrite_file(file, *script, backend);
  if (auto failure = play(*script, backend)) return failed(file, std::move(*failure));
  return passed(file);
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
    case Verdict::kLeftOut:
      return 0;
    case Verdict::kFailed:
      return kExitFailed;
    case Verdict::kUnusable:
      break;
  }
  return kExitUnusable;
}

Part part_of(const std::string& text) {
  const auto part = parse_part(text);
  if (part) return *part;
  throw CLI::ValidationError("--part",
                             fmt::format("{}; right: {}", part.error().what, part.error().right));
}

int run(const Options& options) {
  const auto files = cases_below(options.files);
  if (!files) {
    fmt::print(stderr, "vmodem-conform: {}; right: {}\n", files.error().what, files.error().right);
    return kExitUnusable;
  }
  int code = 0;
  for (const auto& file : files_of(options.part, *files)) {
    const auto report = run_file(file, options);
    fmt::print("{}\n", options.json ? to_json(report) : to_text(report));
    std::fflush(stdout);
    code = std::max(code, exit_code(report.verdict));
  }
  return code;
}

std::vector<std::string> ways() {
  return {SerialBackend::kWays.begin(), SerialBackend::kWays.end()};
}

}  // namespace
}  // namespace vmodem::conform

int main(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "record") return vmodem::conform::run_record(argc - 1, argv + 1);
  if (verb == "replay") return vmodem::conform::run_replay(argc - 1, argv + 1);
  if (verb == "diff") return vmodem::conform::run_diff(argc - 1, argv + 1);

  vmodem::conform::Options options;
  CLI::App app("Plays cases: on the modem object in virtual time, or on a serial line.");
  auto* spawn = app.add_option("--spawn", options.spawn, "start this vmodem for each file")
                    ->check(CLI::ExistingFile);
  app.add_option("--over", options.over, "meet that vmodem at its PTY, or at a port beside it")
      ->check(CLI::IsMember(vmodem::conform::ways()))
      ->needs(spawn);
  auto* port = app.add_option("--port", options.port,
                              "the serial device of a running modem, or its port: unix:PATH, "
                              "tcp://HOST:PORT, rfc2217://HOST:PORT");
  auto* library = app.add_flag("--library", options.uses_library, "over the C library (vmodem.h)");
  auto* rewrites = app.add_flag("--rewrite", options.rewrites,
                                "write what the modem object says into the files");
  app.add_flag("--json", options.json, "one line of JSON a file");
  app.add_option_function<std::string>(
         "--part", [&](const auto& text) { options.part = vmodem::conform::part_of(text); },
         "play one of N parts of the files only; all parts together are all files")
      ->type_name("I/N");
  app.add_option("FILE", options.files, "cases, or folders of them")->required();
  spawn->excludes(port);
  library->excludes(spawn)->excludes(port);
  rewrites->excludes(spawn)->excludes(port)->excludes(library);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : vmodem::conform::kExitUnusable;
  }
  return vmodem::conform::run(options);
}
