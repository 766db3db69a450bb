// The texts of the three CoAP URCs and of the results of open and close (the note §3.3.2–3.4.3).
#pragma once

#include <cstdint>

#include "at_engine/serial_output.h"
#include "coap_core/message.h"
#include "firmware/coap/dialect.h"
#include "firmware/coap/result_code.h"

namespace vmodem::firmware {

// Index of one of the six clients.
enum class ClientId : std::uint8_t {};
inline constexpr std::size_t kClientCount = 6;

[[nodiscard]] at::Urc open_urc(ClientId client, ResultCode result);
[[nodiscard]] at::Urc close_urc(ClientId client, ResultCode result);
[[nodiscard]] at::Urc ack_urc(ClientId client, coap::Type type, coap::MessageId message_id,
                              ResultCode result);
[[nodiscard]] at::Urc ind_urc(ClientId client, coap::MessageId message_id, int retransmission,
                              ResultCode result);
[[nodiscard]] at::Urc recv_urc(ClientId client, const coap::Message& message,
                               const RecvDialect& dialect);

}  // namespace vmodem::firmware
