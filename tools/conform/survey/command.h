// The command "vmodem-conform survey".
#pragma once

namespace vmodem::conform {

// 0: it finished, whatever it found; 2: a mistake in the command line; 3: the device is not
// reached.
[[nodiscard]] int run_survey(int argc, char** argv);

}  // namespace vmodem::conform
