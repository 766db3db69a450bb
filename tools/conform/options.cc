#include "tools/conform/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vmodem::conform {
namespace {

constexpr int kUnusable = 2;
constexpr std::size_t kRepeatsMax = 100'000;

CLI::ValidationError wrong(const char* option, const Fault& fault) {
  return CLI::ValidationError(option, fmt::format("{}; right: {}", fault.what, fault.right));
}

std::optional<std::string> variable(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Certainty certainty_of(const std::string& word) {
  for (const auto one : {Certainty::kDocumented, Certainty::kCaptured, Certainty::kRuled}) {
    if (word == name_of(one)) return one;
  }
  throw wrong("--certainty", {fmt::format("'{}' is none", word), "documented, captured or ruled"});
}

void add_selection(CLI::App& app, Options& options) {
  app.add_option("--suite", options.suite,
                 "note: all of it (where no PATH is given); or a room, as rfc7252")
      ->option_text("NAME");
  app.add_option("PATH", options.paths, "cases, or folders of them")->option_text(" ");
  const auto add_words = [&](const char* name, auto& words, const char* what) {
    app.add_option(name, words, what)->allow_extra_args(false)->option_text("TEXT");
  };
  add_words("--name", options.selection.names, "only cases of that name; '*' is any text");
  add_words("--tag", options.selection.tags, "only cases with that tag");
  add_words("--clause", options.selection.clauses, "only cases whose clause begins so");
  app.add_option_function<std::vector<std::string>>(
         "--certainty",
         [&](const auto& words) {
           for (const auto& word : words)
             options.selection.certainties.push_back(certainty_of(word));
         },
         "only documented, captured or ruled cases")
      ->allow_extra_args(false)
      ->option_text("WORD");
}

void add_way(CLI::App& app, Options& options) {
  auto& way = options.way;
  auto* spawn = app.add_option_function<std::string>(
      "--spawn",
      [&](const std::string& program) {
        way.kind = Way::Kind::kSpawned;
        way.program = program;
      },
      "start this vmodem for each case");
  spawn->check(CLI::ExistingFile)->option_text("VMODEM");
  app.add_option("--over", way.over, "meet it at its pty, or by unix, tcp, rfc2217")
      ->check(CLI::IsMember(
          std::vector<std::string>(SerialBackend::kWays.begin(), SerialBackend::kWays.end())))
      ->needs(spawn)
      ->option_text("WAY");
  auto* port = app.add_option_function<std::string>(
      "--port",
      [&](const std::string& place) {
        way.kind = Way::Kind::kPort;
        way.port.place = place;
      },
      "a device, unix:PATH, tcp://HOST:PORT or rfc2217://HOST:PORT");
  port->option_text("PLACE");
  app.add_option("--baud", way.port.baud, "the rate of its line")
      ->check(CLI::IsMember(std::vector<unsigned>(baud_rates().begin(), baud_rates().end())))
      ->needs(port)
      ->option_text("RATE");
  app.add_option("--server-address", way.port.server_address,
                 "of this machine, for the commands of a module")
      ->needs(port)
      ->option_text("ADDRESS");
  app.add_option_function<std::string>(
         "--reset",
         [&](const std::string& word) {
           way.care.reset = word == "none" ? Reset::kNone : Reset::kSoft;
         },
         "before each case: soft (AT+CFUN=1,1), none")
      ->check(CLI::IsMember(std::vector<std::string>{"soft", "none"}))
      ->needs(port)
      ->option_text("HOW");
  app.add_option("--power-cycle", way.care.power_cycle, "of the shell, for a module that hangs")
      ->needs(port)
      ->option_text("COMMAND");
  auto* library = app.add_flag_callback(
      "--library", [&] { way.kind = Way::Kind::kLibrary; }, "over the C library (vmodem.h)");
  library->option_text(" ");
  spawn->excludes(port);
  library->excludes(spawn)->excludes(port);
}

void add_run(CLI::App& app, Options& options) {
  app.add_option("--jobs", options.jobs, "so many cases at a time; on a port one")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1000}))
      ->option_text("N");
  app.add_option_function<std::string>(
         "--shard",
         [&](const std::string& text) {
           const auto shard = parse_shard(text, variable);
           if (!shard) throw wrong("--shard", shard.error());
           options.shard = *shard;
         },
         "one of N shares of the cases; auto: the one of this job")
      ->option_text("I/N|auto");
  app.add_option("--repeat", options.order.repeats, "each case so often")
      ->check(CLI::Range(std::size_t{1}, kRepeatsMax))
      ->option_text("N");
  app.add_option("--shuffle", options.order.shuffle_seed, "in an order drawn from this seed")
      ->option_text("SEED");
  app.add_option_function<double>(
         "--timeout-scale",
         [&](double scale) {
           options.way.timeout_scale = scale;
           options.way.care.timeout_scale = scale;
         },
         "how much longer than usual an answer may take")
      ->check(CLI::Range(0.1, 100.0))
      ->option_text("X");
}

void add_output(CLI::App& app, Options& options) {
  app.add_flag("--list", options.lists, "what would be played, with clause and certainty");
  app.add_flag("--json", options.json, "a line of JSON a case on standard output");
  app.add_option("--junit", options.junit, "write a report for CI servers")->option_text("FILE");
  app.add_option("--html", options.html, "write a page")->option_text("FILE");
  app.add_option("--markdown", options.markdown, "write a summary")->option_text("FILE");
  app.add_flag("--rewrite", options.rewrites, "write what the modem object says into the files");
}

}  // namespace

CommandLine parse_options(int argc, const char* const* argv) {
  Options options;
  CLI::App app(
      "Plays conformance cases: on the modem object in virtual time, on a vmodem, or on a module.",
      "vmodem-conform");
  app.get_formatter()->column_width(28);
  app.footer(
      "Other words in the first place: record, replay, diff, survey, catalogue; each has its "
      "--help.\n"
      "Exit: 0 passed, 1 a case failed, 2 usage, 3 a device was not reached.");
  add_selection(app, options);
  add_way(app, options);
  add_run(app, options);
  add_output(app, options);
  try {
    app.parse(argc, argv);
    if (options.rewrites && options.way.kind != Way::Kind::kObject) {
      throw wrong("--rewrite",
                  {"it is for the modem object", "without --spawn, --port or --library"});
    }
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : kUnusable};
  }
  return {std::move(options), 0};
}

}  // namespace vmodem::conform
