// When the radio can carry a datagram: at once in RRC connected, later in idle, not at all downlink
// in power saving.
#pragma once

#include <optional>

#include "net/link/link_config.h"

namespace vmodem::net {

class RadioState {
 public:
  // The instant from which the datagram can be transmitted; nothing where it is not reachable. The
  // radio is connected from then on.
  [[nodiscard]] std::optional<Instant> ready_at(const RadioConfig& config, Instant now,
                                                Direction direction);

 private:
  Instant connected_from_{};
  Instant idle_from_{};  // before the first datagram: idle since the start
};

}  // namespace vmodem::net
