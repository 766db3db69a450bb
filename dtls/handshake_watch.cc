#include "dtls/handshake_watch.h"

#include "dtls/record.h"

namespace vmodem::dtls {

void HandshakeWatch::note_received(ByteView datagram) {
  datagram_received_ = true;
  while (const auto record = next_record(datagram)) {
    record_received_ = true;
    if (!record->is_clear_handshake(HandshakeType::kHelloVerifyRequest)) past_hello_verify_ = true;
    if (record->type == ContentType::kChangeCipherSpec || !record->is_clear) {
      peer_keyed_ = true;
      peer_finished_first_ = peer_finished_first_ || !finished_sent_;
    }
    if (finished_sent_ && record->is_clear && record->type == ContentType::kHandshake) {
      peer_repeats_ = true;
    }
    const bool is_readable_alert =
        record->type == ContentType::kAlert && record->is_clear && record->fragment.size() == 2;
    if (is_readable_alert) alert_ = record->fragment[1];
  }
}

void HandshakeWatch::note_sent(ByteView datagram) {
  while (const auto record = next_record(datagram)) {
    if (!record->is_clear) finished_sent_ = true;
  }
}

FailureReason HandshakeWatch::silence_reason() const {
  if (!datagram_received_) return FailureReason::kNoAnswer;
  if (!record_received_) return FailureReason::kNotDtls;
  if (!past_hello_verify_) return FailureReason::kOnlyHelloVerify;
  if (finished_sent_ && !peer_keyed_) {
    return peer_repeats_ ? FailureReason::kRepeatsAfterFinished
                         : FailureReason::kSilentAfterFinished;
  }
  return FailureReason::kStalled;
}

}  // namespace vmodem::dtls
