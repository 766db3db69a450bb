// Keys in the memory of this process.
#pragma once

namespace vmodem::app {

// No core file, and no other process of the same user that reads this one's memory (prctl(2),
// PR_SET_DUMPABLE; ptrace(2)).
void hide_memory();

}  // namespace vmodem::app
