// The note's Table 5, and the one place where causes become its numbers.
#pragma once

#include <cstdint>

#include "coap_core/message_layer.h"
#include "dtls/session.h"
#include "firmware/action.h"
#include "firmware/coap/dialect.h"

namespace vmodem::firmware {

enum class ResultCode : int {
  kSuccess = 0,
  kInvalidParameter = -1,
  kInProcessing = -2,
  kNotAllowed = -3,
  kNetworkFailure = -4,
  kDnsError = -5,
  kDataCallActivating = -6,
  kSocketFailure = -7,
  kOutOfMemory = -8,
  kDtlsFailure = -9,
  kClientOccupied = -10,
  kSendFailure = -11,
};

[[nodiscard]] constexpr int to_number(ResultCode result) { return static_cast<int>(result); }

[[nodiscard]] ResultCode result_of(TransportError error);
[[nodiscard]] ResultCode result_of(coap::SendError error, FullQueue full_queue);
// Of a handshake that failed.
[[nodiscard]] ResultCode result_of(const dtls::Failed& failed, DeadDtlsPort dead_port);
// `code` tells a ping, whose RST is its answer, from a message that RST refuses.
[[nodiscard]] ResultCode result_of(coap::Outcome outcome, coap::Code code);

}  // namespace vmodem::firmware
