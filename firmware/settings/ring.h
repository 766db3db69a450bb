// What the RI circuit does at URCs (QCFG95, "urc/ri/other" and its companions; AT95 §2.25).
#pragma once

#include "firmware/settings/tagged.h"

namespace vmodem::firmware {

// At every URC here: there are neither calls nor SMS. Kind, milliseconds of a pulse, pulses.
inline constexpr TagSetting kRingAtOther{"+QCFG", "urc/ri/other", "\"pulse\",120,1"};
// "respective": only the port that URCs go to rings; "physical": the circuit of the UART does.
inline constexpr TagSetting kRingSignalType{"+QCFG", "risignaltype", "\"respective\""};
// 1: a URC waits for the end of its pulses.
inline constexpr TagSetting kRingBeforeUrc{"+QCFG", "urc/delay", "0"};
inline constexpr TagSetting kUrcPortSetting{"+QURCCFG", "urcport", "\"uart1\""};

}  // namespace vmodem::firmware
