// vmodemctl from its arguments to its exit status.
#pragma once

namespace vmodem::ctl {

// 0: done; 1: refused or failed, or a verify that is false; 2: wrong arguments; 3: no modem
// reached.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace vmodem::ctl
