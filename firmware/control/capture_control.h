// A capture that somebody else begins and ends, implemented by whoever writes it.
#pragma once

#include <string>

#include "firmware/base/expected.h"

namespace vmodem::control {

class CaptureControl {
 public:
  virtual ~CaptureControl() = default;

  // From now on into `file`, which ends another one; else why not.
  [[nodiscard]] virtual Expected<void, std::string> begin(const std::string& file) = 0;
  // False: there is none.
  [[nodiscard]] virtual bool end() = 0;
};

}  // namespace vmodem::control
