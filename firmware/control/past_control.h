// The way back to an earlier instant, implemented by whoever keeps the run's record.
#pragma once

#include <string>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::control {

class PastControl {
 public:
  virtual ~PastControl() = default;

  // At the end of this turn the module is as it was so long before `now`, and what has happened
  // since has not; else why not, and nothing has changed.
  [[nodiscard]] virtual Expected<void, std::string> go_back(Instant now, Duration by) = 0;
  // It is not yet there.
  [[nodiscard]] virtual bool is_going() const = 0;
};

}  // namespace vmodem::control
