// The messages a server has lately received and what it answered, so that a copy is answered as the
// first one was (RFC 7252 §4.5). Bounded in number and octets: the oldest gives way.
#pragma once

#include <deque>
#include <unordered_map>

#include "coap_core/message.h"
#include "firmware/base/time.h"
#include "net/sim/site/endpoint_hash.h"

namespace vmodem::sim {

struct RememberedMessage {
  coap::Token token;
  Instant forget_at;
  Bytes answer;  // empty: none was sent at once
};

class AnswerCache {
 public:
  AnswerCache(std::size_t size_max, std::size_t octets_max)
      : size_max_(size_max), octets_max_(octets_max) {}

  // The latest message under this key while it is remembered. Holds until the next change.
  [[nodiscard]] const RememberedMessage* find(Instant now, const MessageKey& key) const;
  // The ticket names this message for ever.
  std::uint64_t remember(Instant now, const MessageKey& key, RememberedMessage message);
  // The answer that a later copy gets; harmless for a message that is gone.
  void set_answer(std::uint64_t ticket, const Bytes& answer);
  void clear();

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t octets() const { return octets_; }

 private:
  struct Entry {
    MessageKey key;
    RememberedMessage message;
  };

  void make_room();
  void forget_oldest();

  std::size_t size_max_;
  std::size_t octets_max_;
  std::size_t octets_ = 0;
  std::uint64_t first_ = 0;  // the ticket of entries_.front()
  std::deque<Entry> entries_;
  std::unordered_map<MessageKey, std::uint64_t, EndpointHash> tickets_;
};

}  // namespace vmodem::sim
