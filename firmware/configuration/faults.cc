#include "firmware/configuration/faults.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "firmware/configuration/text_file.h"

namespace vmodem::app {
namespace {

struct Scenario {
  std::vector<testbed::Fault> faults;
  std::vector<ConfigError> errors;
};

Scenario read_scenario(const std::string& path) {
  const auto text = read_text_file(path);
  if (!text) return {{}, {{path, text.error(), "a readable scenario file"}}};
  auto parsed = testbed::parse_scenario(*text);
  Scenario scenario{std::move(parsed.faults), {}};
  for (auto& [line, what] : parsed.errors) {
    scenario.errors.push_back(
        {fmt::format("{}:{}", path, line), std::move(what.wrong), std::move(what.right)});
  }
  if (parsed.more_errors > 0) scenario.errors.push_back(more_mistakes(path, parsed.more_errors));
  return scenario;
}

std::string allowed_servers(const sim::WorldConfig& internet) {
  std::vector<std::string> servers;
  for (const auto& server : internet.servers) servers.push_back(to_string(server.endpoint));
  if (servers.empty()) return "a server of the simulated internet, which has none";
  return fmt::format("one of {}", fmt::join(servers, ", "));
}

// What concerns servers that the simulated internet does not have.
void check_servers(std::vector<ConfigError>& errors, const Config& config, const std::string& where,
                   const std::vector<testbed::Fault>& faults) {
  std::optional<sim::WorldConfig> internet;  // few faults concern it
  for (const auto& fault : faults) {
    const auto* server = fault.deed.arguments.find<net::Endpoint>();
    if (server == nullptr) continue;
    if (!internet) internet = config.internet.world();
    const auto found = std::ranges::find(internet->servers, *server, &sim::ServerConfig::endpoint);
    if (found != internet->servers.end()) continue;
    errors.push_back(
        {where, fmt::format("\"{}\": no simulated server is at {}", fault.text, to_string(*server)),
         allowed_servers(*internet)});
  }
}

// The faults of the configuration and those of its scenario.
Scenario gather(const Config& config) {
  Scenario all;
  check_servers(all.errors, config, "faults", config.faults);
  all.faults = config.faults;
  if (config.scenario.empty()) return all;

  auto scenario = read_scenario(config.scenario);
  std::ranges::move(scenario.errors, std::back_inserter(all.errors));
  check_servers(all.errors, config, config.scenario, scenario.faults);
  std::ranges::move(scenario.faults, std::back_inserter(all.faults));
  return all;
}

}  // namespace

std::string allowed_faults() {
  return "VERB or VERB@WHEN, as link-down 30s@AT+QCOAPSEND#2; vmodem --help verbs lists the verbs";
}

bool add_fault(std::vector<testbed::Fault>& faults, std::string_view text) {
  auto fault = testbed::parse_fault(text);
  if (fault) faults.push_back(std::move(*fault));
  return fault.has_value();
}

std::optional<net::SyntaxError> why_no_fault(std::string_view text) {
  auto fault = testbed::parse_fault(text);
  if (fault) return std::nullopt;
  return std::move(fault.error());
}

std::vector<std::string> fault_texts(const std::vector<testbed::Fault>& faults) {
  std::vector<std::string> texts;
  for (const auto& fault : faults) texts.push_back(fault.text);
  return texts;
}

std::vector<ConfigError> check_scenario(const std::string& path) {
  return read_scenario(path).errors;
}

std::vector<ConfigError> check_faults(const Config& config) {
  return gather(config).errors;
}

Expected<std::vector<testbed::Fault>, ConfigError> all_faults(const Config& config) {
  auto all = gather(config);
  if (!all.errors.empty()) return unexpected(std::move(all.errors.front()));
  return std::move(all.faults);
}

std::string describe_verbs() {
  std::string text;
  for (const auto& verb : testbed::verbs()) text += describe_verb(verb);
  return text;
}

std::string describe_verb(const testbed::Verb& verb) {
  auto text = fmt::format("  {}\n      {}\n", usage(verb), verb.help);
  for (const auto& spec : verb.arguments) {
    if (spec.kind == testbed::ArgumentKind::kNone) continue;
    text += fmt::format("      {}: {}.\n", spec.name, allowed_values(spec));
  }
  return text;
}

}  // namespace vmodem::app
