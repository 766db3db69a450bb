// The command line.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/app/config.h"
#include "firmware/base/expected.h"

namespace vmodem::app {

// One option that sets a key, in the words of the command line.
struct Assignment {
  std::string where;  // "--seed 7", for messages
  std::string key;    // a key of config_keys(), or "routes.FROM"
  std::string value;
};

struct CommandLine {
  std::vector<Assignment> assignments;
  std::string config_file;  // empty: none
  bool is_json = false;     // readiness for programs
};

// --help or --version: text to print, and nothing else to do.
struct Notice {
  std::string text;
};

[[nodiscard]] Expected<std::variant<CommandLine, Notice>, ConfigError> parse_command_line(
    int argc, const char* const* argv);

// The defaults, then the file, then the command line: the later one wins.
[[nodiscard]] Expected<Config, ConfigError> make_config(const CommandLine& command_line);

}  // namespace vmodem::app
