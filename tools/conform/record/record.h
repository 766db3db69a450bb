// Sits between a host and a device, and writes down what they say as a transcript that a later run
// plays again: `vmodem-conform record`.
//
// In:  a device, octets of both sides.
// Out: the same octets at the other side, a transcript, an exit status.
#pragma once

namespace vmodem::conform {

// `argv[0]` is the word "record". 0: it ended by a signal; 1: something is missing in the
// transcript; 2: the options, the link or the file cannot be; 3: the device is not there, or has
// gone.
[[nodiscard]] int run_record(int argc, char** argv);

}  // namespace vmodem::conform
