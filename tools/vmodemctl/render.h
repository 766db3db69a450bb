// Answers as a person reads them.
#pragma once

#include <string>
#include <string_view>

#include "tools/vmodemctl/subcommands.h"

namespace vmodem::ctl {

[[nodiscard]] std::string render(Form form, const Json& answer);
// One line: "  12.345678  #57  line.command  text=AT+CSQ".
[[nodiscard]] std::string render_entry(const Json& entry);
// A problem document, in one phrase.
[[nodiscard]] std::string render_problem(const Json& problem);

}  // namespace vmodem::ctl
