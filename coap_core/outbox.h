// What the layer has decided and nobody has polled yet, in order, and the counts of what it
// dropped.
#pragma once

#include <array>
#include <optional>

#include "coap_core/message_layer.h"
#include "firmware/base/queue.h"

namespace vmodem::coap {

class Outbox {
 public:
  TransmitId transmit(Bytes datagram, Duration timeout = {});
  // Takes back what has not been polled.
  void discard_transmits() { transmits_.clear(); }
  void report(Event event) { events_.push_back(std::move(event)); }
  void drop(DropReason reason, std::optional<MessageId> message_id);
  void count(Oddity oddity, std::uint64_t times);

  [[nodiscard]] std::optional<Transmit> poll_transmit();
  [[nodiscard]] std::optional<Event> poll_event();
  [[nodiscard]] std::uint64_t drop_count(DropReason reason) const;
  [[nodiscard]] std::uint64_t oddity_count(Oddity oddity) const;

 private:
  Queue<Transmit> transmits_;
  Queue<Event> events_;
  std::uint32_t next_transmit_ = 1;
  std::array<std::uint64_t, static_cast<std::size_t>(DropReason::kCount)> drops_{};
  std::array<std::uint64_t, static_cast<std::size_t>(Oddity::kCount)> oddities_{};
};

}  // namespace vmodem::coap
