#include "tools/conform/catalogue/command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "tools/conform/catalogue/statements.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

constexpr int kFailed = 1;
constexpr int kUnusable = 2;

int refuse(const std::string& where, const Fault& fault) {
  fmt::print(stderr, "vmodem-conform: {}: {}; right: {}\n", where, fault.what, fault.right);
  return kUnusable;
}

Expected<std::vector<Planned>, Fault> read_cases(const std::string& root) {
  const auto files = cases_below({root});
  if (!files) return unexpected(files.error());
  std::vector<Planned> cases;
  for (const auto& file : *files) {
    Planned one{file, case_name(root, file), read_script(file)};
    if (!one.script) {
      return unexpected(Fault{
          fmt::format("{}:{}: {}", file, one.script.error().line, one.script.error().fault.what),
          one.script.error().fault.right});
    }
    cases.push_back(std::move(one));
  }
  return cases;
}

int print_catalogue(const std::string& root) {
  const auto path = root + "/statements.toml";
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return refuse(path, {"it cannot be read", "a suite with its statements"});
  const auto statements = parse_statements(text);
  if (!statements) return refuse(path, statements.error());
  const auto cases = read_cases(root);
  if (!cases) return refuse(root, cases.error());
  fmt::print("{}", catalogue(*statements, *cases));
  const auto missing = gaps(*statements, showings_of(*cases));
  for (const auto& one : missing) fmt::print(stderr, "{}\n", one);
  return missing.empty() ? 0 : kFailed;
}

}  // namespace

int run_catalogue(int argc, char** argv) {
  std::string root = VMODEM_SUITE_SOURCE;
  CLI::App app(
      "Prints which statement of the note is shown by which case, and how sure each case is.");
  app.add_option("SUITE", root, "the folder of the cases, with statements.toml");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }
  return print_catalogue(root);
}

}  // namespace vmodem::conform
