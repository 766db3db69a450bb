// Random hosts on random links: every run from a seed, every failure with the command that repeats
// it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>

#include "tests/simulation/regressions.h"
#include "tests/simulation/simulation.h"

namespace vmodem::simulation {
namespace {

struct Options {
  std::uint64_t seed = 0;
  bool is_verbose = false;
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 100;
};

bool report(std::uint64_t seed, const Result& result) {
  if (result.findings.all().empty()) return true;
  for (const auto& finding : result.findings.all()) {
    fmt::print("seed {}: {}: {}\n", seed, finding.check, finding.text);
  }
  fmt::print("repeat with: vmodem-simulation --seed {} --verbose\n", seed);
  std::fflush(stdout);
  return false;
}

int run_one(const Options& options) {
  const auto result = run(options.seed, options.is_verbose);
  fmt::print("{}", result.journal);
  const bool is_good = report(options.seed, run_and_repeat(options.seed));
  if (is_good) fmt::print("seed {}: no check failed\n", options.seed);
  return is_good ? 0 : 1;
}

int run_many(const Options& options) {
  std::uint64_t failures = 0;
  std::uint64_t datagrams = 0;
  const auto try_seed = [&](std::uint64_t seed) {
    const auto result = run_and_repeat(seed);
    if (!report(seed, result)) ++failures;
    datagrams += result.datagram_count;
  };
  for (const auto& regression : kRegressions) try_seed(regression.seed);
  for (std::uint64_t i = 0; i < options.runs; ++i) try_seed(options.first_seed + i);
  fmt::print("{} runs, {} datagrams of the modem, {} failures\n",
             options.runs + kRegressions.size(), datagrams, failures);
  return failures == 0 ? 0 : 1;
}

int run_program(int argc, char** argv) {
  CLI::App app("Runs random hosts against the modem over random links, in virtual time.");
  Options options;
  auto* seed = app.add_option("--seed", options.seed, "only this run");
  app.add_flag("--verbose", options.is_verbose, "print the dialogue and the trace of --seed")
      ->needs(seed);
  app.add_option("--first-seed", options.first_seed, "of the runs")->excludes(seed);
  app.add_option("--runs", options.runs, "how many, behind the regressions")->excludes(seed);
  CLI11_PARSE(app, argc, argv);
  return seed->count() > 0 ? run_one(options) : run_many(options);
}

}  // namespace
}  // namespace vmodem::simulation

int main(int argc, char** argv) {
  return vmodem::simulation::run_program(argc, argv);
}
