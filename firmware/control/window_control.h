// The live window, implemented by whoever can serve its page.
#pragma once

#include <string>

#include "firmware/base/expected.h"

namespace vmodem::control {

class WindowControl {
 public:
  virtual ~WindowControl() = default;

  // The link of the page, which is served from now on if it was not; else why not.
  [[nodiscard]] virtual Expected<std::string, std::string> open() = 0;
};

}  // namespace vmodem::control
