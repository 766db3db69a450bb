// docs/faults.md: the verbs, and how scenarios are written, from the table that they are read with.
#pragma once

namespace vmodem::reference {

// To standard output.
void print_faults();

}  // namespace vmodem::reference
