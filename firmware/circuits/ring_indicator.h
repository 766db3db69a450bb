// The RI circuit: pulses that announce a URC (QCFG95, "urc/ri/other").
#pragma once

#include <optional>

#include "firmware/base/time.h"

namespace vmodem::firmware {

struct RingPulses {
  Duration length{};
  int count = 1;
};

class RingIndicator {
 public:
  // Pulses with pauses as long as they are; those that were under way are over.
  void ring(Instant now, const RingPulses& pulses);
  // AT+QRIR, and power-off.
  void restore();

  [[nodiscard]] bool is_active() const { return edges_left_ % 2 == 1; }
  // Of the last pulse; nothing: none is under way.
  [[nodiscard]] std::optional<Instant> end() const;
  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  int edges_left_ = 0;
  Duration length_{};
  Instant next_edge_{};
};

}  // namespace vmodem::firmware
