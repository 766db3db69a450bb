// Which steps and outages of a configuration concern a datagram.
#pragma once

#include "net/link/link_config.h"

namespace vmodem::net {

struct ScriptedTreatment {
  bool is_scripted = false;
  bool is_lost = false;
  bool is_duplicated = false;
  bool is_corrupted = false;
  Duration delay{};
};

[[nodiscard]] ScriptedTreatment scripted_treatment(const LinkConfig& config, Direction direction,
                                                   std::uint32_t ordinal);
[[nodiscard]] bool is_in_outage(const LinkConfig& config, Direction direction, Instant now);

}  // namespace vmodem::net
