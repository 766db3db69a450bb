#include "coap_core/outbox.h"

#include <utility>

namespace vmodem::coap {

TransmitId Outbox::transmit(Bytes datagram, Duration timeout) {
  const auto id = static_cast<TransmitId>(next_transmit_++);
  transmits_.push_back({id, std::move(datagram), timeout});
  return id;
}

void Outbox::drop(DropReason reason, std::optional<MessageId> message_id) {
  ++drops_[static_cast<std::size_t>(reason)];
  report(Dropped{reason, message_id});
}

void Outbox::count(Oddity oddity, std::uint64_t times) {
  oddities_[static_cast<std::size_t>(oddity)] += times;
}

std::optional<Transmit> Outbox::poll_transmit() {
  return transmits_.take_front();
}

std::optional<Event> Outbox::poll_event() {
  return events_.take_front();
}

std::uint64_t Outbox::drop_count(DropReason reason) const {
  return drops_[static_cast<std::size_t>(reason)];
}

std::uint64_t Outbox::oddity_count(Oddity oddity) const {
  return oddities_[static_cast<std::size_t>(oddity)];
}

}  // namespace vmodem::coap
