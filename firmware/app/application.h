// The program from its arguments to its exit status.
//
// In:  a command line.
// Out: an exit status.
#pragma once

namespace vmodem::app {

// 0: ended by a signal as asked, or text printed; 1: failed while running; 2: refused its
// arguments; 3: ended as asked, and --lint=error has found something.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace vmodem::app
