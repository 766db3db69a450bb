// Simulated servers that others than the module reach. They are no part of the run: they have the
// wall's time, and neither take nor give anything of the module's.
#pragma once

namespace vmodem::app {

class OutsidePort {
 public:
  virtual ~OutsidePort() = default;

  // Source::kOutside is ready.
  virtual void handle_ready() = 0;
};

}  // namespace vmodem::app
