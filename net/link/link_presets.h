// Links by name. The numbers are orders of magnitude to test against, not measurements of a
// network.
#pragma once

#include <span>
#include <string_view>

#include "net/link/link_config.h"

namespace vmodem::net {

struct LinkPreset {
  std::string_view name;
  std::string_view why;  // one sentence
  LinkDirectionConfig uplink;
  LinkDirectionConfig downlink;
  RadioConfig radio;
  Outage outage;  // of length 0: none

  [[nodiscard]] LinkConfig config() const;
};

[[nodiscard]] std::span<const LinkPreset> link_presets();
// Null for a name that is not in the table.
[[nodiscard]] const LinkPreset* find_link_preset(std::string_view name);

}  // namespace vmodem::net
