// A recorded session as another device may play it: what is a module's own, the network's or the
// hour's (answer.h) has its form only, and what the host learnt from one answer it says as this
// device told it. Line by line, so that places in the file stay what they are.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/time.h"

namespace vmodem::conform {

struct Loosening {
  bool has_own_fields = true;  // other values in volatile fields are right too
  bool has_own_time = false;   // what is expected comes when it comes: nothing waits before it
  bool has_own_world = false;  // a device that runs already keeps its settings and its surroundings
};

struct LoosenedCase {
  std::string text;
  Duration wait_max{};  // the longest that something took to come
};

// A last line without its end, which a recorder was writing when it was killed, is left out.
[[nodiscard]] LoosenedCase loosened(std::string_view recorded, const Loosening& loosening);

}  // namespace vmodem::conform
