// Plays a recorded session against anything: `vmodem-conform replay`. The runner plays it, as it
// plays any case, with what another device says otherwise by right left open.
//
// In:  a transcript, a device.
// Out: whether it answers as the recorded one did, an exit status.
#pragma once

namespace vmodem::conform {

// `argv[0]` is the word "replay". 0: passed; 1: failed; 2: the options or the file cannot be used;
// 3: the device is not there.
[[nodiscard]] int run_replay(int argc, char** argv);

}  // namespace vmodem::conform
