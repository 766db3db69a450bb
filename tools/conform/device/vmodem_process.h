// A vmodem of one's own: started for one transcript, asked to end behind it.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "tools/conform/device/backend.h"

namespace vmodem::conform {

class VmodemProcess {
 public:
  // Returns when the modem has announced its serial port.
  [[nodiscard]] static Expected<std::unique_ptr<VmodemProcess>, BackendError> start(
      const std::string& program, const std::vector<std::string>& options);

  explicit VmodemProcess(pid_t pid) : pid_(pid) {}
  VmodemProcess(const VmodemProcess&) = delete;
  VmodemProcess& operator=(const VmodemProcess&) = delete;
  // Ends what stop() has not ended.
  ~VmodemProcess();

  // The first port beside the PTY, where there is one; otherwise the PTY.
  [[nodiscard]] const std::string& port() const { return port_; }
  // Asks it to end and waits; an end that is not clean is an error.
  [[nodiscard]] Done stop();

 private:
  pid_t pid_;  // 0: it has ended
  std::string port_;
};

}  // namespace vmodem::conform
