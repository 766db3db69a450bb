// What the host is told of a client's messages: +QCOAPACK, +QCOAPIND and +QCOAPRECV (the note
// §3.4).
#pragma once

#include <set>

#include "coap_core/message_layer.h"
#include "firmware/coap/dialect.h"
#include "firmware/coap/outbox.h"
#include "firmware/coap/trail.h"

namespace vmodem::firmware {

class CoapReports {
 public:
  // Both outlive this object.
  CoapReports(CoapOutbox& outbox, const Dialect& dialect)
      : outbox_(outbox), dialect_(dialect), trail_(outbox.number(), outbox.journal()) {}

  // Whose messages are reported.
  [[nodiscard]] MessageTrail& trail() { return trail_; }

  void report(const coap::Concluded& concluded);
  void report(const coap::RetransmissionEnded& ended);
  void report(const coap::Retransmitted& retransmitted);
  void report(const coap::Received& received);
  void report(const coap::Dropped& dropped);
  // The session is over, and with it every message of it.
  void reset() {
    retransmitted_.clear();
    trail_.reset();
  }

 private:
  // What is being handled, else the last transmission of the message, by whose timer it ends.
  [[nodiscard]] journal::Number cause_of(coap::MessageId message_id) const;

  CoapOutbox& outbox_;
  const Dialect& dialect_;
  MessageTrail trail_;
  std::set<coap::SendId> retransmitted_;  // messages that had a +QCOAPIND
};

}  // namespace vmodem::firmware
