// What the host is told of a client's messages: +QCOAPACK, +QCOAPIND and +QCOAPRECV (the note
// §3.4).
#pragma once

#include <set>

#include "coap_core/message_layer.h"
#include "firmware/coap/dialect.h"
#include "firmware/coap/outbox.h"

namespace vmodem::firmware {

class CoapReports {
 public:
  // Both outlive this object.
  CoapReports(CoapOutbox& outbox, const Dialect& dialect) : outbox_(outbox), dialect_(dialect) {}

  void report(const coap::Concluded& concluded);
  void report(const coap::RetransmissionEnded& ended);
  void report(const coap::Retransmitted& retransmitted);
  void report(const coap::Received& received);
  void report(const coap::Dropped& dropped);
  // The session is over, and with it every message of it.
  void reset() { retransmitted_.clear(); }

 private:
  CoapOutbox& outbox_;
  const Dialect& dialect_;
  std::set<coap::SendId> retransmitted_;  // messages that had a +QCOAPIND
};

}  // namespace vmodem::firmware
