// An earlier instant of the run, for the loop to take up again at the end of a turn in which
// somebody has asked to go back.
#pragma once

#include <string>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "firmware/control/past_control.h"

namespace vmodem::app {

class Past : public control::PastControl {
 public:
  struct Arrival {
    Instant now;
    bool is_on;  // the module's power
  };
  // The testbed, behind the same reference, the clock and the network are as they were then. The
  // error ends the run. Of one that is_going().
  [[nodiscard]] virtual Expected<Arrival, std::string> go() = 0;
};

}  // namespace vmodem::app
