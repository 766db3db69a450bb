// What the tables say of a whole command line.
#pragma once

#include <optional>
#include <string_view>

#include "at_engine/command.h"

namespace vmodem::at {

struct LineFacts {
  // The documented maximum, of several commands together; nothing where one is unknown.
  std::optional<Duration> response_time_max;
  // Of the command that is least sure.
  std::optional<Evidence> evidence;
};

// `line` as it was typed behind the AT.
[[nodiscard]] LineFacts facts_of_line(std::string_view line, const CommandTable& commands);

// "documented".
[[nodiscard]] std::string_view name(Evidence evidence);

}  // namespace vmodem::at
