// docs/at_commands.md: the command tables, and what a new module answers to them.
#pragma once

namespace vmodem::reference {

// To standard output.
void print_commands();

}  // namespace vmodem::reference
