#include "firmware/app/fault_texts.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/app/text_file.h"

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
  return scenario;
}

}  // namespace

std::string allowed_faults() {
  return "VERB or VERB@WHEN, as link-down 30s@AT+QCOAPSEND#2; vmodem --help lists the verbs";
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

Expected<std::vector<testbed::Fault>, ConfigError> all_faults(const Config& config) {
  auto faults = config.faults;
  if (config.scenario.empty()) return faults;

  auto scenario = read_scenario(config.scenario);
  if (!scenario.errors.empty()) return unexpected(std::move(scenario.errors.front()));
  for (auto& fault : scenario.faults) faults.push_back(std::move(fault));
  return faults;
}

std::string describe_verbs() {
  std::string text;
  for (const auto& verb : testbed::verbs()) {
    text += fmt::format("  {}\n      {}\n", usage(verb), verb.help);
  }
  return text;
}

}  // namespace vmodem::app
