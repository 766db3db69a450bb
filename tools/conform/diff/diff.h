// Where two devices' answers part: of two recorded transcripts, or of two devices that the same
// cases are played on: `vmodem-conform diff`.
//
// In:  two transcripts, or two devices and a suite.
// Out: the differences by field, an exit status.
#pragma once

namespace vmodem::conform {

// `argv[0]` is the word "diff". 0: they answer alike; 1: they differ; 2: the options or a file
// cannot be used; 3: a device is not there.
[[nodiscard]] int run_diff(int argc, char** argv);

}  // namespace vmodem::conform
