#include <fmt/format.h>
#include <sched.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tools/benchmark/benchmarks.h"

namespace vmodem::benchmark {
namespace {

struct Group {
  const char* name;
  Figures (*measure)(const Programs&);
};

constexpr Group kGroups[] = {
    {"port", measure_port},   {"codec", measure_codec}, {"coap", measure_coap},
    {"coaps", measure_coaps}, {"dtls", measure_dtls},   {"memory", measure_memory},
    {"fleet", measure_fleet}, {"capture", measure_capture}, {"record", measure_record},
};

// Children inherit it: between two CPUs a wake-up costs more than what is measured, and varies.
bool pin_to_one_cpu() {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(static_cast<unsigned>(sched_getcpu()), &cpus);
  return ::sched_setaffinity(0, sizeof cpus, &cpus) == 0;
}

int fail(std::string_view what) {
  fmt::print(stderr, "vmodem-bench: {}\n", what);
  return 1;
}

int measure(const std::vector<std::string>& wanted, bool is_json, const Programs& programs) {
  if (!pin_to_one_cpu()) return fail("cannot stay on one CPU");
  if (!is_json) fmt::print("{}", table_head());
  std::vector<Figure> all;
  for (const auto& group : kGroups) {
    if (!wanted.empty() && std::ranges::find(wanted, group.name) == wanted.end()) continue;
    const auto figures = group.measure(programs);
    if (!figures) return fail(fmt::format("{}: {}", group.name, figures.error()));
    all.insert(all.end(), figures->begin(), figures->end());
    if (is_json) continue;
    for (const auto& figure : *figures) fmt::print("{}", to_row(figure));
    std::fflush(stdout);
  }
  if (is_json) fmt::print("{}", to_json(all));
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app("Measures vmodem against floors of the same run. Targets never fail the run.");
  bool is_json = false;
  std::vector<std::string> wanted;
  const auto here = std::filesystem::canonical("/proc/self/exe").parent_path();
  Programs programs{here / "vmodem", here / "vmodem-conform", here / "vmodem-bench-floor", "coap-server-notls",
                    "coap-server-openssl"};
  std::vector<std::string> names;
  for (const auto& group : kGroups) names.emplace_back(group.name);
  app.add_flag("--json", is_json, "one JSON document instead of the table");
  app.add_option("groups", wanted, "all where none is named")->check(CLI::IsMember(names));
  app.add_option("--vmodem", programs.vmodem, "the program to measure");
  app.add_option("--coap-server", programs.coap_server, "libcoap's example server without TLS");
  app.add_option("--coaps-server", programs.coaps_server, "libcoap's example server with OpenSSL");
  CLI11_PARSE(app, argc, argv);
  return measure(wanted, is_json, programs);
}

}  // namespace
}  // namespace vmodem::benchmark

int main(int argc, char** argv) {
  return vmodem::benchmark::run(argc, argv);
}
