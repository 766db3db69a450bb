// Whoever hears what passes between the loop and the module, unmasked: the journal has no octets of
// the serial line.
#pragma once

#include "firmware/action.h"
#include "firmware/base/bytes.h"
#include "firmware/base/time.h"
#include "firmware/network_event.h"

namespace vmodem::app {

class SessionTap {
 public:
  virtual ~SessionTap() = default;

  // Octets that the host has written, and that it has been given.
  virtual void handle_input(Instant now, ByteView octets) = 0;
  virtual void handle_output(Instant now, ByteView octets) = 0;
  // What is asked of the real network, and its news.
  virtual void handle_action(Instant now, const firmware::Action& action) = 0;
  virtual void handle_event(Instant now, const firmware::NetworkEvent& event) = 0;
  // The loop has settled: nothing more happens before it sleeps.
  virtual void flush() = 0;
};

}  // namespace vmodem::app
