#include "tools/conform/survey/command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "firmware/base/duration_text.h"
#include "tools/conform/device/line.h"
#include "tools/conform/suite.h"
#include "tools/conform/survey/port_site.h"
#include "tools/conform/survey/report.h"

namespace vmodem::conform {
namespace {

constexpr int kWrong = 2;
constexpr int kNotReached = 3;

struct SurveyOptions {
  Port port{.place = {}, .baud = {}, .server_address = "127.0.0.1"};
  PortCare::Options care{};
  std::string output{};
  std::string state{};
  std::string input_wait = "10s";
  bool plays_cases = true;
  bool is_json = false;
};

void add_options(CLI::App& app, SurveyOptions& options) {
  app.add_option("--port", options.port.place,
                 "a device, unix:PATH, tcp://HOST:PORT or rfc2217://HOST:PORT")
      ->required()
      ->option_text("PLACE");
  app.add_option("--output", options.output, "the dialect, for vmodem --config")
      ->required()
      ->option_text("FILE");
  app.add_option("--server-address", options.port.server_address,
                 "of this machine, as the module reaches it")
      ->option_text("ADDRESS");
  app.add_option("--baud", options.port.baud, "the rate of its line")
      ->check(CLI::IsMember(std::vector<unsigned>(baud_rates().begin(), baud_rates().end())))
      ->option_text("RATE");
  app.add_option("--power-cycle", options.care.power_cycle, "of the shell, for a module that hangs")
      ->option_text("COMMAND");
  app.add_option("--timeout-scale", options.care.timeout_scale,
                 "how much longer than usual an answer may take")
      ->check(CLI::Range(0.1, 100.0))
      ->option_text("FACTOR");
  app.add_option("--input-wait", options.input_wait, "how long a prompt is left alone")
      ->check([](const std::string& text) {
        return parse_duration(text) ? std::string() : "right: a duration, as 3s or 250ms";
      })
      ->option_text("DURATION");
  app.add_option("--state", options.state, "what is found, kept for the next run")
      ->option_text("FILE");
  app.add_flag_callback(
      "--no-cases", [&] { options.plays_cases = false; }, "questions only");
  app.add_flag("--json", options.is_json, "the report as one line of JSON");
}

int refuse_survey(const std::string& what) {
  fmt::print(stderr, "vmodem-conform: {}\n", what);
  return kWrong;
}

bool write_text(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text << std::flush;
  return static_cast<bool>(out);
}

std::vector<Planned> cases_of(const SurveyOptions& options) {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto root = suite_root(program.string());
  if (!options.plays_cases || !root) return {};
  const auto files = cases_below({*root + "/note"});
  if (!files) return {};
  return quick_cases(*files, *root, options.port.server_address);
}

SurveyListener listener_of(const SurveyOptions& options) {
  return {.tell =
              [&](const std::string& key, const Finding& finding) {
                if (options.is_json) return;
                fmt::print(stderr, "{}: {}\n", key,
                           finding.kind == Finding::Kind::kFound
                               ? finding.value
                               : std::string(name_of(finding.kind)));
              },
          .keep =
              [&](const Findings& findings) {
                if (options.state.empty()) return;
                if (const auto kept = write_findings(options.state, findings); !kept) {
                  fmt::print(stderr, "vmodem-conform: {}\n", kept.error());
                }
              }};
}

int survey(const SurveyOptions& options) {
  std::optional<Findings> before;
  if (!options.state.empty()) {
    auto read = read_findings(options.state);
    if (!read) return refuse_survey(read.error() + "; right: another --state FILE");
    before = std::move(*read);
  }
  PortSite site(options.port, options.care, *parse_duration(options.input_wait));
  auto result = ask_all(site, before.value_or(Findings{}), listener_of(options));
  if (!result) {
    fmt::print(stderr, "vmodem-conform: {}\n", result.error().what);
    return kNotReached;
  }
  if (!result->lost) play_quick_cases(site, cases_of(options), *result);
  if (!write_text(options.output, dialect_file(*result))) {
    return refuse_survey(options.output + " cannot be written; right: a file of one's own");
  }
  fmt::print("{}{}", options.is_json ? survey_json(*result) : survey_text(*result),
             options.is_json ? "\n" : "");
  return result->lost ? kNotReached : 0;
}

}  // namespace

int run_survey(int argc, char** argv) {
  SurveyOptions options;
  CLI::App app(
      "Finds which dialect a module speaks: asks one question for each switch, and writes the "
      "answers as a file for vmodem --config.");
  add_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrong;
  }
  return survey(options);
}

}  // namespace vmodem::conform
