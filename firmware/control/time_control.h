// The module's time as somebody else steers it, implemented by whoever drives the module's clock.
#pragma once

#include <string>

#include "firmware/base/time.h"

namespace vmodem::control {

// False: the clock's mode does not allow it, and nothing has changed.
class TimeControl {
 public:
  virtual ~TimeControl() = default;

  // The module's time stands until run().
  [[nodiscard]] virtual bool pause() = 0;
  [[nodiscard]] virtual bool run() = 0;
  // It moves on by so much, through every deadline on the way.
  [[nodiscard]] virtual bool advance(Duration by) = 0;
  // It moves on to the next deadline.
  [[nodiscard]] virtual bool step() = 0;

  [[nodiscard]] virtual bool is_paused() const = 0;
  // As --clock spells it.
  [[nodiscard]] virtual std::string mode() const = 0;
};

}  // namespace vmodem::control
