// Where others than the host steer the modem. Served behind all that the module had to do, so that
// no client of it comes before the host.
#pragma once

#include "firmware/base/time.h"

namespace vmodem::app {

class ControlPort {
 public:
  virtual ~ControlPort() = default;

  // Source::kControl is ready. What this does to the testbed shows at the next poll.
  virtual void handle_ready(Instant now) = 0;
  // A turn of the loop is over.
  virtual void handle_turn(Instant now) = 0;
};

}  // namespace vmodem::app
