// What a random host says, plausible and not.
#pragma once

#include <vector>

#include "tests/simulation/dice.h"
#include "tests/simulation/host_step.h"

namespace vmodem::simulation {

enum class HostKind : std::uint8_t {
  kWaiting,  // for each answer; everything it reads is checked
  kHasty,    // never waits, but gives no data mode a chance; answers are counted
  kWild,     // any octets at any time
};

struct ScriptTraits {
  HostKind host = HostKind::kWaiting;
  bool sets_message_ids = true;
  bool switches_off = true;  // AT+QPOWD, AT+CFUN=1,1
  bool moves_radio = true;   // AT+CFUN, AT+CGATT, AT+COPS, AT+QIDEACT
};

[[nodiscard]] std::vector<Step> make_script(Dice& dice, const ScriptTraits& traits);
// Octets that no host should send, and some that one might.
[[nodiscard]] Bytes make_noise(Dice& dice);

}  // namespace vmodem::simulation
