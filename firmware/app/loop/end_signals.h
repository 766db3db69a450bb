// The signals that end the program, as a descriptor instead of an interruption.
#pragma once

#include <csignal>

#include "net/sockets/unique_fd.h"

namespace vmodem::app {

class EndSignals {
 public:
  // While this lives SIGINT, SIGTERM and SIGHUP are only seen here; SIGHUP is left alone where it
  // was ignored already (nohup). Threads made meanwhile inherit that.
  EndSignals();
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  // Readable when one has come.
  [[nodiscard]] int fd() const { return fd_.get(); }
  // The one that has come.
  [[nodiscard]] int take();

 private:
  sigset_t before_{};
  net::UniqueFd fd_;
};

}  // namespace vmodem::app
