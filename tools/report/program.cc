#include "tools/report/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/journal/reader/journal_reader.h"
#include "tools/report/html.h"
#include "tools/report/json.h"
#include "tools/report/junit.h"
#include "tools/report/markdown.h"
#include "tools/report/story.h"

namespace vmodem::report {
namespace {

constexpr int kExitDone = 0;
constexpr int kExitUnwritten = 1;
constexpr int kExitUsage = 2;
constexpr int kExitFound = 3;

constexpr std::string_view kHelp =
    R"(Usage: vmodem-report JOURNAL… [--html FILE] [--json FILE] [--markdown FILE] [--junit FILE]

What journals of `vmodem --journal` tell: how host, modem, network and server
spoke, when messages went out again, what failed and why, what the lint found,
and what of commands, results, URCs and faults the host has met or never has.
The coverage of several journals is that of all of them.

  --html FILE      one page, which asks for nothing outside itself
  --json FILE      for programs
  --markdown FILE  in short, for the summary of a job
  --junit FILE     for CI: each rule that the host broke is a failed test case
  --fail-on findings   exit status 3 where the lint found something
  --schema         print the JSON Schema of --json, and read nothing
  --version, --help

FILE may be - for standard output; without any of the four the page goes there.
JOURNAL may be - for standard input.

Exit status: 0 written; 1 a report could not be written; 2 usage, or a file
that is no journal, with its line; 3 --fail-on, and there are findings.
)";

// A form of the report, and where it goes; empty: nowhere.
struct Form {
  std::string_view option;
  std::string (*render)(const Report& report);
  std::string path{};
};
std::array<Form, 4> forms() {
  return {{{"--html", to_html},
           {"--json", to_json},
           {"--markdown", to_markdown},
           {"--junit", to_junit}}};
}

struct Options {
  std::vector<std::string> journals;
  std::array<Form, 4> forms = report::forms();
  std::string fail_on;
  bool prints_schema = false;
};

int complain(int status, std::string_view what) {
  fmt::print(stderr, "vmodem-report: {}\n", what);
  return status;
}

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin && file != stdout) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

std::string last_error() {
  return std::strerror(errno);
}

// Polls what has been read; the error is where it is wrong.
Expected<void, std::string> take_entries(journal::JournalReader& reader, Story& story,
                                         const std::string& path) {
  while (true) {
    auto read = reader.poll_entry();
    if (!read) {
      return unexpected(fmt::format("{}:{}: {}", path, read.error().line, read.error().what));
    }
    if (!*read) return {};
    story.handle(std::move((*read)->entry), (*read)->wall);
  }
}

Expected<Run, std::string> read_run(const std::string& path, const Limits& limits) {
  File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return unexpected(fmt::format("{}: {}", path, last_error()));
  journal::JournalReader reader;
  Story story(path, limits);
  std::vector<char> part(std::size_t{1} << 16);
  while (true) {
    errno = 0;
    const auto size = std::fread(part.data(), 1, part.size(), file.get());
    if (size == 0 && std::ferror(file.get()) != 0) {
      return unexpected(fmt::format("{}: {}", path, last_error()));
    }
    if (size == 0) break;
    reader.append(std::string_view(part.data(), size));
    if (auto taken = take_entries(reader, story, path); !taken) {
      return unexpected(std::move(taken.error()));
    }
  }
  if (reader.line_count() == 0) {
    return unexpected(fmt::format(
        "{}: it holds no entry of a journal, as vmodem --journal FILE writes them", path));
  }
  return story.end(reader.is_cut());
}

// However many journals there are, the page stays one that a browser shows.
Limits limits_for(std::size_t run_count) {
  constexpr std::size_t kStepsOfAll = 20000;
  constexpr std::size_t kStepsMin = 100;
  Limits limits;
  limits.steps = std::clamp(kStepsOfAll / run_count, kStepsMin, limits.steps);
  return limits;
}

Expected<Report, std::string> read_report(const std::vector<std::string>& paths) {
  Report report;
  for (const auto& path : paths) {
    auto run = read_run(path, limits_for(paths.size()));
    if (!run) return unexpected(std::move(run.error()));
    report.coverage.merge(run->coverage);
    report.runs.push_back(std::move(*run));
  }
  return report;
}

Expected<void, std::string> write(const std::string& path, std::string_view text) {
  File file(path == "-" ? stdout : std::fopen(path.c_str(), "wb"));
  const auto fail = [&] { return unexpected(fmt::format("{}: {}", path, last_error())); };
  if (file == nullptr) return fail();
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  if (!is_written || std::fflush(file.get()) != 0) return fail();
  return {};
}

void declare(CLI::App& app, Options& options) {
  app.set_help_flag("--help,-h");
  app.set_version_flag("--version", "vmodem-report " VMODEM_VERSION);
  app.add_option("JOURNAL", options.journals);
  for (auto& form : options.forms) app.add_option(std::string(form.option), form.path);
  app.add_option("--fail-on", options.fail_on);
  app.add_flag("--schema", options.prints_schema);
}

int make(Options& options) {
  if (options.journals.empty())
    return complain(kExitUsage, "no JOURNAL is given; vmodem-report --help");
  if (!options.fail_on.empty() && options.fail_on != "findings") {
    return complain(kExitUsage, fmt::format("--fail-on {}: expected findings", options.fail_on));
  }
  const auto report = read_report(options.journals);
  if (!report) return complain(kExitUsage, report.error());
  const bool is_anywhere =
      std::ranges::any_of(options.forms, [](const Form& form) { return !form.path.empty(); });
  if (!is_anywhere) options.forms.front().path = "-";
  for (const auto& form : options.forms) {
    if (form.path.empty()) continue;
    if (const auto written = write(form.path, form.render(*report)); !written) {
      return complain(kExitUnwritten, fmt::format("{} {}", form.option, written.error()));
    }
  }
  const bool has_findings =
      std::ranges::any_of(report->runs, [](const Run& one) { return one.finding_count > 0; });
  return has_findings && !options.fail_on.empty() ? kExitFound : kExitDone;
}

}  // namespace

int run(int argc, const char* const* argv) {
  CLI::App app;
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", kHelp);
    return kExitDone;
  } catch (const CLI::CallForVersion& version) {
    fmt::print("{}\n", version.what());
    return kExitDone;
  } catch (const CLI::ParseError& error) {
    return complain(kExitUsage, std::string(error.what()) + "; vmodem-report --help");
  }
  if (options.prints_schema) {
    fmt::print("{}", report_schema());
    return kExitDone;
  }
  return make(options);
}

}  // namespace vmodem::report
