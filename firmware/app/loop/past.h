// An earlier instant of the run, for the loop to take up again at the end of a turn.
#pragma once

#include <string>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::app {

class Past {
 public:
  virtual ~Past() = default;

  // Somebody has asked to go back.
  [[nodiscard]] virtual bool is_due() const = 0;
  struct Arrival {
    Instant now;
    bool is_on;  // the module's power
  };
  // The testbed, behind the same reference, the clock and the network are as they were then. The
  // error ends the run.
  [[nodiscard]] virtual Expected<Arrival, std::string> go() = 0;
};

}  // namespace vmodem::app
