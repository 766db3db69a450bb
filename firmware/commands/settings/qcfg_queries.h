// Tags of AT+QCFG that tell something of the module and keep nothing, and one whose pin depends on
// the model.
#pragma once

#include "at_engine/command.h"

namespace vmodem::firmware {

inline constexpr at::IntParam<> kTimer{"timer", {3402}};
[[nodiscard]] at::Outcome show_timer(at::Services& services, Instant now,
                                     const at::Arguments& args);

[[nodiscard]] at::Outcome show_coverage_level(at::Services& services, Instant now,
                                              const at::Arguments& args);

// QCFG95 §3.1.1.15: as a number or in words.
enum class CauseFormat { kNumber = 0, kWords = 1 };
inline constexpr auto kCauseFormat =
    at::IntParam<CauseFormat>("display_format", {0, 1}).by_default(CauseFormat::kNumber);
[[nodiscard]] at::Outcome show_emm_cause(at::Services& services, Instant now,
                                         const at::Arguments& args);
[[nodiscard]] at::Outcome show_cell_information(at::Services& services, Instant now,
                                                const at::Arguments& args);
[[nodiscard]] at::Outcome show_emm_timers(at::Services& services, Instant now,
                                          const at::Arguments& args);

inline constexpr at::IntParam<> kOffPin{"pin", {11, 25, 63}, at::Printed::kName};
inline constexpr at::IntParam<> kOffSwitch{"enable", {0, 1}};
// The pin is the model's, and both values come together.
[[nodiscard]] at::Outcome configure_fast_off(at::Services& services, Instant now,
                                             const at::Arguments& args);

}  // namespace vmodem::firmware
