// Which URCs AT+QINDCFG lets through (AT95 §4.2).
#pragma once

#include "firmware/settings/tagged.h"

namespace vmodem::firmware {

inline constexpr TagSetting kAllIndications{"+QINDCFG", "all", "1"};
inline constexpr TagSetting kSignalIndication{"+QINDCFG", "csq", "0"};  // +QIND: "csq"
inline constexpr TagSetting kSmsFullIndication{"+QINDCFG", "smsfull", "0"};
inline constexpr TagSetting kRingIndication{"+QINDCFG", "ring", "1"};
inline constexpr TagSetting kSmsIndication{"+QINDCFG", "smsincoming", "1"};

// "all" is the master switch of the others.
[[nodiscard]] inline bool is_indicated(const TagSettings& tags, const TagSetting& indication) {
  return tags.number(kAllIndications) == 1 && tags.number(indication) == 1;
}

}  // namespace vmodem::firmware
