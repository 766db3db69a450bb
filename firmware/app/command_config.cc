// The configuration that a command line asks for.
#include <utility>

#include "firmware/app/options.h"
#include "firmware/app/serving/plan.h"
#include "firmware/configuration/faults.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"
#include "firmware/configuration/print.h"

namespace vmodem::app {
namespace {

// A fault more, behind those of the file.
Expected<void, ConfigError> append_fault(Config& config, const Assignment& assignment) {
  auto fault = testbed::parse_fault(assignment.value);
  if (!fault) {
    auto& [wrong, right] = fault.error();
    return unexpected(ConfigError{assignment.where, std::move(wrong), std::move(right)});
  }
  config.faults.push_back(std::move(*fault));
  return {};
}

// One more of the list that `name` is, likewise.
Expected<void, ConfigError> append_element(Config& config, std::string_view name,
                                           const Assignment& assignment) {
  const auto& key = *find_config_key(name);
  auto added =
      key.add_element(config, std::get<ListOf<Config>>(key.kind), key.name, assignment.value);
  if (added) return {};
  auto& [wrong, right] = added.error();
  return unexpected(ConfigError{assignment.where, std::move(wrong), std::move(right)});
}

// `routes` are those of the command line so far, each FROM once.
Expected<void, ConfigError> apply(Config& config, net::Routes& routes,
                                  const Assignment& assignment) {
  if (assignment.key == kOneMoreFault) return append_fault(config, assignment);
  if (assignment.key == kOneMoreListen) return append_element(config, "listen", assignment);
  if (assignment.key == kOneMoreServing) {
    return append_element(config, "serve.addresses", assignment);
  }
  if (assignment.key.starts_with(kRoutesPrefix)) {
    const auto from = assignment.key.substr(kRoutesPrefix.size());
    if (routes.has(from)) {
      auto [wrong, right] = second_route(from);
      return unexpected(ConfigError{assignment.where, std::move(wrong), std::move(right)});
    }
    // A mistake in it is told below.
    (void)routes.add(from, assignment.value);
  }
  auto applied = set_config_text(config, assignment.key, assignment.value);
  if (applied) return {};
  auto& [wrong, right] = applied.error();
  return unexpected(ConfigError{assignment.where, std::move(wrong), std::move(right)});
}

}  // namespace

Expected<Config, ConfigError> make_config(const CommandLine& command_line, Config config) {
  if (!command_line.config_file.empty()) {
    auto applied = apply_config_file(config, command_line.config_file);
    if (!applied) return unexpected(std::move(applied.error()));
  }
  net::Routes routes;
  for (const auto& assignment : command_line.assignments) {
    auto applied = apply(config, routes, assignment);
    if (!applied) return unexpected(std::move(applied.error()));
  }
  // The new PTY has another name, which nobody could know.
  if (config.port_reappears && config.link.empty()) {
    return unexpected(ConfigError{"power.port", "\"reappears\" without a link to the port",
                                  "--link PATH or the key \"link\" beside it"});
  }
  if (config.capture == "-" && config.transcript == "-") {
    return unexpected(ConfigError{"transcript.file", "standard output has the capture already",
                                  "a file for one of the two"});
  }
  if (auto objection = objection_to_serving(config)) return unexpected(std::move(*objection));
  auto faults = all_faults(config);
  if (!faults) return unexpected(std::move(faults.error()));
  config.faults = std::move(*faults);
  return config;
}

}  // namespace vmodem::app
