#include "tools/conform/diff/diff.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/conform/diff/device.h"
#include "tools/conform/diff/differences.h"
#include "tools/conform/language/script.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

enum DiffExit : std::uint8_t { kSame = 0, kDiffers = 1, kUnusableInput = 2, kNotReached = 3 };

struct DiffOptions {
  std::vector<std::string> files;
  std::string a;
  std::string b;
  std::vector<std::string> suite;
  bool is_json = false;
};

struct Compared {
  std::vector<Difference> differences;
  std::size_t cases = 0;                                      // 0: of two transcripts
  std::vector<std::pair<std::string, std::string>> left_out;  // and why
};

using Outcome = Expected<Compared, std::pair<DiffExit, std::string>>;

Outcome stop(DiffExit code, std::string why) {
  return unexpected(std::pair(code, std::move(why)));
}

nlohmann::json text_or_null(const std::optional<std::string>& text) {
  return text ? nlohmann::json(*text) : nlohmann::json();
}

nlohmann::json to_json(const Difference& difference) {
  return {{"asked", difference.asked},       {"where", difference.where},
          {"a", text_or_null(difference.a)}, {"b", text_or_null(difference.b)},
          {"a_line", difference.a_line},     {"b_line", difference.b_line},
          {"count", difference.count}};
}

void print(const Compared& compared, bool is_json) {
  if (!is_json) {
    for (const auto& difference : compared.differences) fmt::print("{}\n", to_text(difference));
    for (const auto& [file, why] : compared.left_out) {
      fmt::print(stderr, "left out  {}: {}\n", file, why);
    }
    return;
  }
  nlohmann::json json{{"same", compared.differences.empty()},
                      {"differences", nlohmann::json::array()},
                      {"left_out", nlohmann::json::array()}};
  for (const auto& difference : compared.differences) {
    json["differences"].push_back(to_json(difference));
  }
  for (const auto& [file, why] : compared.left_out) {
    json["left_out"].push_back({{"file", file}, {"reason", why}});
  }
  if (compared.cases > 0) json["cases"] = compared.cases;
  // A transcript may hold octets that are no UTF-8.
  fmt::print("{}\n", json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string told(const Fault& fault) {
  return fmt::format("{}; right: {}", fault.what, fault.right);
}

std::string told(const std::string& file, const ScriptError& error) {
  const auto place = error.line == 0 ? file : fmt::format("{}:{}", file, error.line);
  return place + ": " + told(error.fault);
}

Expected<Session, std::string> read_session(const std::string& file) {
  const auto script = read_script(file);
  if (script) return Session::read(script->lines);
  return unexpected(told(file, script.error()));
}

Outcome compare_transcripts(const DiffOptions& options) {
  const auto a = read_session(options.files[0]);
  if (!a) return stop(kUnusableInput, a.error());
  const auto b = read_session(options.files[1]);
  if (!b) return stop(kUnusableInput, b.error());
  Compared compared;
  merge(compared.differences, differences(*a, *b));
  return compared;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// The lines of a file that is not kept are no place to look at.
std::vector<Difference> without_places(std::vector<Difference> found) {
  for (auto& one : found) one.a_line = one.b_line = 0;
  return found;
}

Outcome compare_devices(const DiffOptions& options) {
  const auto a = ComparedDevice::parse(options.a);
  if (!a) return stop(kUnusableInput, "--a: " + told(a.error()));
  const auto b = ComparedDevice::parse(options.b);
  if (!b) return stop(kUnusableInput, "--b: " + told(b.error()));
  const auto files = cases_below(options.suite);
  if (!files) return stop(kUnusableInput, told(files.error()));
  if (const auto reached = a->reach(); !reached) return stop(kNotReached, reached.error().what);
  if (const auto reached = b->reach(); !reached) return stop(kNotReached, reached.error().what);

  Compared compared;
  for (const auto& file : *files) {
    const auto script = read_script(file);
    if (!script) return stop(kUnusableInput, told(file, script.error()));
    const auto of_a = a->record(*script);
    const auto of_b = of_a ? b->record(*script) : of_a;
    if (!of_b) {
      compared.left_out.emplace_back(file, of_b.error());
      continue;
    }
    ++compared.cases;
    merge(compared.differences, without_places(differences(Session::read(lines_of(*of_a)),
                                                           Session::read(lines_of(*of_b)))));
  }
  return compared;
}

int diff(const DiffOptions& options) {
  const auto outcome =
      options.suite.empty() ? compare_transcripts(options) : compare_devices(options);
  if (!outcome) {
    fmt::print(stderr, "vmodem-conform diff: {}\n", outcome.error().second);
    return outcome.error().first;
  }
  print(*outcome, options.is_json);
  return outcome->differences.empty() ? kSame : kDiffers;
}

}  // namespace

int run_diff(int argc, char** argv) {
  DiffOptions options;
  CLI::App app("Tells where two devices' answers part.");
  auto* files = app.add_option("FILES", options.files, "two recorded transcripts")->expected(2);
  auto* a =
      app.add_option("--a", options.a,
                     "a device: object, spawn:PROGRAM, both with ,KEY=VALUE behind; or a port, "
                     "as /dev/ttyUSB2 or tcp://HOST:PORT");
  auto* b = app.add_option("--b", options.b, "the other device");
  auto* suite = app.add_option("--suite", options.suite, "cases for both, or folders of them");
  app.add_flag("--json", options.is_json, "one JSON document");
  a->needs(b)->needs(suite)->excludes(files);
  b->needs(a);
  suite->needs(a)->excludes(files);
  try {
    app.parse(argc, argv);
    if (options.files.empty() && options.suite.empty()) {
      throw CLI::RequiredError("two transcripts, or --a, --b and --suite:");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kSame : kUnusableInput;
  }
  return diff(options);
}

}  // namespace vmodem::conform
