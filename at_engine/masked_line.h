// A command line as a log may show it.
#pragma once

#include <string>
#include <string_view>

#include "at_engine/command.h"

namespace vmodem::at {

// `line` as it was typed behind the AT, with "…" in place of each argument that stands where its
// row takes a secret, of all arguments of a command that no row knows, and of what cannot be read.
[[nodiscard]] std::string masked_line(std::string_view line, const CommandTable& commands);

// One line of an answer: without the texts of a command that takes a secret, since it tells it too.
[[nodiscard]] std::string masked_answer(std::string_view text, const CommandTable& commands);

}  // namespace vmodem::at
