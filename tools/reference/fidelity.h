// docs/fidelity.md: every switch of the dialect with what is known of it.
#pragma once

namespace vmodem::reference {

// To standard output.
void print_fidelity();

}  // namespace vmodem::reference
