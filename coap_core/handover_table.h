// Messages without a retransmission of their own (NON, ACK, RST): concluded by the driver's word on
// their only datagram.
#pragma once

#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "coap_core/outgoing.h"

namespace vmodem::coap {

class HandoverTable {
 public:
  void add(TransmitId id, const Outgoing& message);
  // The conclusion that the driver's word brings; nothing where `id` is not awaited here.
  [[nodiscard]] std::optional<Concluded> take(TransmitId id, bool handed_over);
  // Ends them all with kSessionEnded.
  void cut_off(std::vector<Concluded>& conclusions);

 private:
  std::deque<std::pair<TransmitId, Concluded>> pending_;
};

}  // namespace vmodem::coap
