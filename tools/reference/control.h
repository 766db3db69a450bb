// docs/control.md: the requests of the control interface, from the table that answers them.
#pragma once

namespace vmodem::reference {

// To standard output.
void print_control();

}  // namespace vmodem::reference
