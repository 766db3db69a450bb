#include "firmware/coap/reports.h"

#include <fmt/format.h>

#include "firmware/coap/phrases.h"
#include "firmware/coap/result_code.h"

namespace vmodem::firmware {

journal::Number CoapReports::cause_of(coap::MessageId message_id) const {
  const auto cause = outbox_.journal().cause();
  return cause != 0 ? cause : trail_.last_of(message_id);
}

void CoapReports::report(const coap::Concluded& concluded) {
  const bool was_retransmitted = retransmitted_.erase(concluded.id) > 0;
  const auto what = describe(concluded.outcome);
  auto& journal = outbox_.journal();
  const journal::Because because(
      journal, journal.emit_because<journal::CoapConcluded>(cause_of(concluded.message_id), [&] {
        return journal::CoapConcluded{outbox_.number(), concluded.message_id, what};
      }));
  if (was_retransmitted && !dialect_.ack_after_retransmission &&
      concluded.outcome == coap::Outcome::kAcknowledged) {
    return;
  }
  const auto result = result_of(concluded.outcome, concluded.code);
  auto why = result == ResultCode::kSuccess ? std::string()
                                            : fmt::format("message {}: {}", concluded.message_id, what);
  outbox_.conclude("send", result, std::move(why),
                   ack_urc(outbox_.client, concluded.type, concluded.message_id, result));
}

void CoapReports::report(const coap::RetransmissionEnded& ended) {
  if (dialect_.ind_at_send) return;
  retransmitted_.insert(ended.id);
  const journal::Because because(outbox_.journal(), cause_of(ended.message_id));
  outbox_.tell(ind_urc(outbox_.client, ended.message_id, ended.number,
                       result_of(ended.outcome, ended.code)));
}

void CoapReports::report(const coap::Retransmitted& retransmitted) {
  if (!dialect_.ind_at_send) return;
  retransmitted_.insert(retransmitted.id);
  const journal::Because because(outbox_.journal(), cause_of(retransmitted.message_id));
  outbox_.tell(
      ind_urc(outbox_.client, retransmitted.message_id, retransmitted.number,
              retransmitted.handed_over ? ResultCode::kSuccess : ResultCode::kSendFailure));
}

void CoapReports::report(const coap::Received& received) {
  const auto size = received.message.payload.size();
  if (dialect_.recv.long_downlink == LongDownlink::kDropped && size > kPayloadSizeMax) {
    outbox_.note(journal::Level::kInfo, fmt::format("dropped a payload of {} octets", size));
    return;
  }
  outbox_.tell(recv_urc(outbox_.client, received.message, dialect_.recv));
}

void CoapReports::report(const coap::Dropped& dropped) {
  outbox_.journal().emit<journal::CoapDropped>(
      [&] { return journal::CoapDropped{outbox_.number(), describe(dropped.reason)}; });
}

}  // namespace vmodem::firmware
