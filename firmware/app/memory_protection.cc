#include "firmware/app/memory_protection.h"

#include <sys/prctl.h>

#include "firmware/base/check.h"

namespace vmodem::app {

void hide_memory() {
  BG_CHECK(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "0 is a value that it knows");
}

}  // namespace vmodem::app
