// The confirmable messages in flight and their retransmission (RFC 7252 §4.2), one timer for all.
#pragma once

#include <optional>
#include <vector>

#include "coap_core/outbox.h"
#include "coap_core/outgoing.h"
#include "firmware/base/random.h"

namespace vmodem::coap {

class ExchangeTable {
 public:
  // Both are borrowed for the lifetime of the table.
  ExchangeTable(RandomSource& random, Outbox& outbox) : random_(random), outbox_(outbox) {}

  // Transmits the message and arms its timer. No other exchange has its message ID.
  void start(Instant now, Outgoing message);
  // Reports the fate of the last retransmission, then the conclusion, and forgets the exchange.
  void conclude(MessageId message_id, Outcome outcome);

  void handle_timeout(Instant now);
  void handle_transmitted(TransmitId id, bool handed_over);
  // Ends all exchanges with kSessionEnded, without a word on their retransmissions.
  void cut_off(std::vector<Concluded>& conclusions);

  // Pointers hold until the next change.
  [[nodiscard]] const Outgoing* find(MessageId message_id) const;
  // The oldest request under this token that a response may answer. Only a registration is answered
  // by a notification (RFC 7641 §3.2).
  [[nodiscard]] const Outgoing* find_request(const Token& token, bool is_notification) const;
  [[nodiscard]] std::size_t size() const { return exchanges_.size(); }
  [[nodiscard]] std::vector<ExchangeView> views() const;
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  struct Retransmission {
    TransmitId transmit;
    int number;
  };
  struct Exchange {
    Outgoing message;
    Duration timeout;
    Instant deadline;
    int retransmissions = 0;
    std::vector<Retransmission> unanswered{};  // by the driver; several where time was served late
  };
  using Iterator = std::vector<Exchange>::iterator;

  [[nodiscard]] Duration first_timeout(const TransmissionParameters& parameters);
  [[nodiscard]] Iterator earliest();
  void expire(Iterator exchange);
  void retransmit(Exchange& exchange);
  void conclude(Iterator exchange, Outcome outcome);
  void report_retransmission(const Exchange& exchange, Outcome outcome);

  RandomSource& random_;
  Outbox& outbox_;
  std::vector<Exchange> exchanges_;  // in the order of starting; at most NSTART
};

}  // namespace vmodem::coap
