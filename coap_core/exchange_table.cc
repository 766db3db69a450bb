#include "coap_core/exchange_table.h"

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::coap {

void ExchangeTable::start(Instant now, Outgoing message) {
  BG_CHECK(find(message.message_id) == nullptr, "a message ID names one exchange at a time");
  const Duration timeout = first_timeout(message.parameters);
  outbox_.transmit(message.datagram, timeout);
  exchanges_.push_back({std::move(message), timeout, now + timeout});
}

// RFC 7252 §4.2: a random duration between ACK_TIMEOUT and ACK_TIMEOUT × ACK_RANDOM_FACTOR.
Duration ExchangeTable::first_timeout(const TransmissionParameters& parameters) {
  const double spread =
      (parameters.ack_random_factor - 1.0) * random_.fraction(RandomStream::kAckTimeout);
  return std::chrono::duration_cast<Duration>(parameters.ack_timeout * (1.0 + spread));
}

void ExchangeTable::conclude(MessageId message_id, Outcome outcome) {
  const auto found = std::ranges::find_if(exchanges_, [message_id](const Exchange& exchange) {
    return exchange.message.message_id == message_id;
  });
  BG_CHECK(found != exchanges_.end(), "the caller has found the exchange");
  conclude(found, outcome);
}

void ExchangeTable::conclude(Iterator exchange, Outcome outcome) {
  report_retransmission(*exchange, outcome);
  outbox_.report(conclusion(exchange->message, outcome));
  exchanges_.erase(exchange);
}

void ExchangeTable::report_retransmission(const Exchange& exchange, Outcome outcome) {
  if (exchange.retransmissions == 0) return;
  const Outgoing& message = exchange.message;
  outbox_.report(RetransmissionEnded{message.id, message.message_id, message.code,
                                     exchange.retransmissions, outcome});
}

void ExchangeTable::handle_timeout(Instant now) {
  for (auto next = earliest(); next != exchanges_.end() && next->deadline <= now;
       next = earliest()) {
    expire(next);
  }
}

void ExchangeTable::expire(Iterator exchange) {
  if (exchange->retransmissions == exchange->message.parameters.max_retransmit) {
    conclude(exchange, Outcome::kTimedOut);
    return;
  }
  report_retransmission(*exchange, Outcome::kTimedOut);
  retransmit(*exchange);
}

void ExchangeTable::retransmit(Exchange& exchange) {
  ++exchange.retransmissions;
  exchange.timeout *= 2;
  exchange.deadline += exchange.timeout;
  exchange.unanswered.push_back(
      {outbox_.transmit(exchange.message.datagram, exchange.timeout), exchange.retransmissions});
}

void ExchangeTable::handle_transmitted(TransmitId id, bool handed_over) {
  for (Exchange& exchange : exchanges_) {
    const auto found = std::ranges::find(exchange.unanswered, id, &Retransmission::transmit);
    if (found == exchange.unanswered.end()) continue;
    outbox_.report(Retransmitted{exchange.message.id, exchange.message.message_id, found->number,
                                 handed_over});
    exchange.unanswered.erase(found);
    return;
  }
}

void ExchangeTable::cut_off(std::vector<Concluded>& conclusions) {
  for (const Exchange& exchange : exchanges_) {
    conclusions.push_back(conclusion(exchange.message, Outcome::kSessionEnded));
  }
  exchanges_.clear();
}

const Outgoing* ExchangeTable::find(MessageId message_id) const {
  for (const Exchange& exchange : exchanges_) {
    if (exchange.message.message_id == message_id) return &exchange.message;
  }
  return nullptr;
}

const Outgoing* ExchangeTable::find_request(const Token& token, bool is_notification) const {
  for (const Exchange& exchange : exchanges_) {
    const Outgoing& message = exchange.message;
    if (!awaits_response(message) || message.token != token) continue;
    if (!is_notification || message.observe == ObserveAction::kRegister) return &message;
  }
  return nullptr;
}

std::vector<ExchangeView> ExchangeTable::views() const {
  std::vector<ExchangeView> views;
  for (const Exchange& exchange : exchanges_) {
    const Outgoing& message = exchange.message;
    views.push_back({message.type, message.code, message.message_id, message.token,
                     exchange.retransmissions, message.parameters.max_retransmit,
                     exchange.deadline});
  }
  return views;
}

ExchangeTable::Iterator ExchangeTable::earliest() {
  return std::ranges::min_element(exchanges_, std::ranges::less{}, &Exchange::deadline);
}

std::optional<Instant> ExchangeTable::poll_timeout() const {
  std::optional<Instant> next;
  for (const Exchange& exchange : exchanges_) next = vmodem::earliest(next, exchange.deadline);
  return next;
}

}  // namespace vmodem::coap
