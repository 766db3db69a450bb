// Steps of the QCOAP command set.
#pragma once

#include <vector>

#include "tests/simulation/dice.h"
#include "tests/simulation/host_step.h"

namespace vmodem::simulation {

// Configuration, and an open that is waited for.
[[nodiscard]] std::vector<Step> make_session(Dice& dice, int client);
[[nodiscard]] Step make_open(Dice& dice);
[[nodiscard]] Step make_close(Dice& dice);
[[nodiscard]] Step make_header(Dice& dice);
[[nodiscard]] Step make_option(Dice& dice);
[[nodiscard]] Step make_coap_configuration(Dice& dice);
[[nodiscard]] Step make_transmission(Dice& dice);
[[nodiscard]] Step make_send_with_payload(Dice& dice);
[[nodiscard]] Step make_send_without_payload(Dice& dice);
[[nodiscard]] Step make_implausible_coap(Dice& dice);

}  // namespace vmodem::simulation
