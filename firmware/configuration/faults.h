// Faults and scenario files in the configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/error.h"
#include "firmware/testbed/scenario.h"

namespace vmodem::app {

[[nodiscard]] std::string allowed_faults();
// False for text that is no fault.
[[nodiscard]] bool add_fault(std::vector<testbed::Fault>& faults, std::string_view text);
// Nothing for text that is a fault.
[[nodiscard]] std::optional<net::SyntaxError> why_no_fault(std::string_view text);
[[nodiscard]] std::vector<std::string> fault_texts(const std::vector<testbed::Fault>& faults);

// All mistakes of a scenario file, by file and line.
[[nodiscard]] std::vector<ConfigError> check_scenario(const std::string& path);
// Those of the configuration's scenario, and each fault that concerns a server which the simulated
// internet does not have.
[[nodiscard]] std::vector<ConfigError> check_faults(const Config& config);
// The faults of the configuration and those of its scenario; or the first of these mistakes.
[[nodiscard]] Expected<std::vector<testbed::Fault>, ConfigError> all_faults(const Config& config);

// The verbs, a line each, for --help.
[[nodiscard]] std::string describe_verbs();
[[nodiscard]] std::string describe_verb(const testbed::Verb& verb);

}  // namespace vmodem::app
