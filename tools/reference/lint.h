// docs/lint.md, from the rules.
#pragma once

namespace vmodem::reference {

void print_lint();

}  // namespace vmodem::reference
