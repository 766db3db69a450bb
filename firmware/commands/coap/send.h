// AT+QCOAPSEND (the note §3.3.6, qcoap.md §7).
#pragma once

#include <cstddef>

#include "at_engine/command.h"
#include "firmware/coap/clients.h"

namespace vmodem::firmware {

// Of all six commands.
inline constexpr at::IntParam<ClientId> kClientId{"clientID", 0, 5};

inline constexpr at::IntParam<coap::Type> kType{"type", 0, 3};
// The note's Table 4.
inline constexpr at::IntParam<coap::Code> kCode{
    "code_value",
    {0,   1,   2,   3,   4,   65,  66,  67,  68,  69,  128, 129, 130, 131,
     132, 133, 134, 140, 141, 143, 160, 161, 162, 163, 164, 165},
    at::Printed::kName};
inline constexpr at::IntParam<unsigned> kBitmask{"opt_bitmask", 0, 255, at::Printed::kName};
inline constexpr at::IntParam<std::size_t> kPayloadLength{"payload_length", 0, kPayloadSizeMax};

[[nodiscard]] at::Outcome test_send(at::Services& services, Instant now,
                                    const at::Arguments& args);
[[nodiscard]] at::Outcome send_message(at::Services& services, Instant now,
                                       const at::Arguments& args);

}  // namespace vmodem::firmware
