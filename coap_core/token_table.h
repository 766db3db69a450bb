// The tokens under which this session may still be sent a response (RFC 7252 §5.3.2). Bounded: the
// least needed gives way.
#pragma once

#include <cstddef>
#include <deque>

#include "coap_core/outgoing.h"

namespace vmodem::coap {

class TokenTable {
 public:
  static constexpr std::size_t kSizeMax = 64;

  // A request is on its way; one under a known token refreshes it.
  void handle_request(Instant now, const Outgoing& request);
  // A response has come; under a registration it tells whether the observation runs.
  void handle_response(const Token& token, bool continues_observation);
  // The server has rejected the request, or the host a notification: no more will come.
  void handle_reset(const Token& token);

  // An observation may run, or the request is unanswered, or EXCHANGE_LIFETIME is not over.
  [[nodiscard]] bool is_known(Instant now, const Token& token) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Token token;
    Instant lifetime_end;
    bool is_registered = false;  // asked to be notified, and never took it back
    bool is_observing = false;
    bool is_answered = false;
  };

  [[nodiscard]] Entry* find(const Token& token);
  [[nodiscard]] static bool is_over(const Entry& entry, Instant now);
  void make_room(Instant now);

  std::deque<Entry> entries_;  // the longest unrefreshed first
};

}  // namespace vmodem::coap
