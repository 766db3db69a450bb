#include "firmware/app/fault_texts.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/app/text_file.h"

namespace vmodem::app {
namespace {

ConfigError at_line(const std::string& path, testbed::ScenarioError error) {
  return {fmt::format("{}:{}", path, error.line), std::move(error.what.wrong),
          std::move(error.what.right)};
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

std::vector<std::string> fault_texts(const std::vector<testbed::Fault>& faults) {
  std::vector<std::string> texts;
  for (const auto& fault : faults) texts.push_back(fault.text);
  return texts;
}

std::vector<ConfigError> check_scenario(const std::string& path) {
  const auto text = read_text_file(path);
  if (!text) return {{path, text.error(), "a readable scenario file"}};
  std::vector<ConfigError> errors;
  for (auto& error : testbed::parse_scenario(*text).errors) {
    errors.push_back(at_line(path, std::move(error)));
  }
  return errors;
}

Expected<std::vector<testbed::Fault>, ConfigError> all_faults(const Config& config) {
  auto faults = config.faults;
  if (config.scenario.empty()) return faults;

  const auto text = read_text_file(config.scenario);
  if (!text) {
    return unexpected(ConfigError{config.scenario, text.error(), "a readable scenario file"});
  }
  auto scenario = testbed::parse_scenario(*text);
  if (!scenario.errors.empty()) {
    return unexpected(at_line(config.scenario, std::move(scenario.errors.front())));
  }
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
