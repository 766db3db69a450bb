// Confirmable messages that wait for NSTART (RFC 7252 §4.7), first in, first out.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

#include "coap_core/outgoing.h"

namespace vmodem::coap {

class SendQueue {
 public:
  explicit SendQueue(std::size_t size_max) : size_max_(size_max) {}

  [[nodiscard]] bool is_empty() const { return messages_.empty(); }
  [[nodiscard]] std::size_t size() const { return messages_.size(); }
  [[nodiscard]] bool is_full() const { return messages_.size() >= size_max_; }
  // The caller has checked that there is room.
  void push(Outgoing message) { messages_.push_back(std::move(message)); }
  [[nodiscard]] const Outgoing& front() const { return messages_.front(); }
  [[nodiscard]] Outgoing pop() {
    Outgoing message = std::move(messages_.front());
    messages_.pop_front();
    return message;
  }
  // Ends them all with kSessionEnded.
  void cut_off(std::vector<Concluded>& conclusions) {
    for (const Outgoing& message : messages_) {
      conclusions.push_back(conclusion(message, Outcome::kSessionEnded));
    }
    messages_.clear();
  }

 private:
  std::size_t size_max_;
  std::deque<Outgoing> messages_;
};

}  // namespace vmodem::coap
