// `vmodem-conform catalogue`.
#pragma once

namespace vmodem::conform {

// Prints docs/conformance.md; exit status 1 and the list on standard error where a statement has
// neither a case nor a reason.
int run_catalogue(int argc, char** argv);

}  // namespace vmodem::conform
