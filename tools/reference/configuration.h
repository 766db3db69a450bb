// docs/configuration.md: options and keys from the tables that vmodem reads them with.
#pragma once

namespace vmodem::reference {

// To standard output.
void print_configuration();

}  // namespace vmodem::reference
