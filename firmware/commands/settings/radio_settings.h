// What the host has set of the radio by tags, brought to the radio.
#pragma once

#include <string>

#include "firmware/base/time.h"
#include "firmware/radio/search.h"

namespace vmodem::at {
struct Services;
}  // namespace vmodem::at

namespace vmodem::firmware {

// A boot: everything that is set counts. The radio is off.
void load_radio_settings(at::Services& services);

// AT+QCFG with <effect> 1: this one counts at once, those that wait for a boot go on waiting.
void apply_search_setting(at::Services& services, Instant now,
                          std::string SearchSettings::*setting);

// AT+QINDCFG: +QIND: "csq" as it is set.
void apply_signal_indication(at::Services& services);

}  // namespace vmodem::firmware
