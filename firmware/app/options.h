// The command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/error.h"

namespace vmodem::app {

// One option that sets a key, in the words of the command line.
struct Assignment {
  std::string where;  // "--seed 7", for messages
  std::string key;    // a key of config_keys(), or "routes.FROM"
  std::string value;
};

// No keys of the table: each is one more, behind those of the file.
inline constexpr std::string_view kOneMoreFault = "--fault";
inline constexpr std::string_view kOneMoreListen = "--listen";
inline constexpr std::string_view kOneMoreServing = "--serve";

struct CommandLine {
  std::vector<Assignment> assignments;
  std::string config_file;                  // empty: none
  std::optional<std::string> checked_file;  // only to be checked
  std::optional<std::string> checked_scenario;
  bool is_json = false;  // readiness for programs
  std::string replay_file;               // empty: none
  std::optional<std::uint64_t> replay_until;  // an entry of the journal
};

// --help, --version or --print-config: text to print, and nothing else to do.
struct Notice {
  std::string text;
};

[[nodiscard]] Expected<std::variant<CommandLine, Notice>, ConfigError> parse_command_line(
    int argc, const char* const* argv);

// One option of the command line, for its documentation.
struct OptionInfo {
  std::string name;
  std::string value_name;  // empty: takes none
  std::string help;
};
[[nodiscard]] std::vector<OptionInfo> option_infos();

// The defaults, then the file, then the command line: the later one wins.
[[nodiscard]] Expected<Config, ConfigError> make_config(const CommandLine& command_line,
                                                        Config config = {});

}  // namespace vmodem::app
