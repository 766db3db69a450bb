#include "firmware/coap/reports.h"

#include "firmware/coap/result_code.h"
#include "firmware/coap/phrases.h"

namespace vmodem::firmware {

void CoapReports::report(const coap::Concluded& concluded) {
  const bool was_retransmitted = retransmitted_.erase(concluded.id) > 0;
  if (was_retransmitted && !dialect_.ack_after_retransmission &&
      concluded.outcome == coap::Outcome::kAcknowledged) {
    return;
  }
  const auto result = result_of(concluded.outcome, concluded.code);
  if (result != ResultCode::kSuccess) {
    outbox_.trace(TraceLevel::kInfo,
                  fmt::format("message {}: {}", concluded.message_id, describe(concluded.outcome)));
  }
  outbox_.tell(ack_urc(outbox_.client, concluded.type, concluded.message_id, result));
}

void CoapReports::report(const coap::RetransmissionEnded& ended) {
  if (dialect_.ind_at_send) return;
  retransmitted_.insert(ended.id);
  outbox_.tell(ind_urc(outbox_.client, ended.message_id, ended.number,
                       result_of(ended.outcome, ended.code)));
}

void CoapReports::report(const coap::Retransmitted& retransmitted) {
  if (!dialect_.ind_at_send) return;
  retransmitted_.insert(retransmitted.id);
  outbox_.tell(
      ind_urc(outbox_.client, retransmitted.message_id, retransmitted.number,
              retransmitted.handed_over ? ResultCode::kSuccess : ResultCode::kSendFailure));
}

void CoapReports::report(const coap::Received& received) {
  const auto size = received.message.payload.size();
  if (dialect_.recv.long_downlink == LongDownlink::kDropped && size > kPayloadSizeMax) {
    outbox_.trace(TraceLevel::kInfo, fmt::format("dropped a payload of {} octets", size));
    return;
  }
  outbox_.tell(recv_urc(outbox_.client, received.message, dialect_.recv));
}

void CoapReports::report(const coap::Dropped& dropped) {
  outbox_.trace(TraceLevel::kDebug,
                fmt::format("dropped a datagram: {}", describe(dropped.reason)));
}

}  // namespace vmodem::firmware
