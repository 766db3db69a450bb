// Steps of everything round the QCOAP command set.
#pragma once

#include "tests/simulation/dice.h"
#include "tests/simulation/host_step.h"

namespace vmodem::simulation {

[[nodiscard]] Step make_query(Dice& dice);
[[nodiscard]] Step make_setting(Dice& dice);
[[nodiscard]] Step make_rubbish(Dice& dice);
// Something whose answer is a URC: a ping, a name, the time.
[[nodiscard]] Step make_question(Dice& dice);
[[nodiscard]] Step make_upload(Dice& dice);
[[nodiscard]] Step make_download(Dice& dice);
[[nodiscard]] Step make_file_command(Dice& dice);
[[nodiscard]] Step make_radio_change(Dice& dice);
[[nodiscard]] Step make_context_change(Dice& dice);
[[nodiscard]] Step make_switch_off(Dice& dice);

}  // namespace vmodem::simulation
