// The messages lately received, so that a copy is recognised and answered as the first one was
// (RFC 7252 §4.5). Bounded: the oldest gives way.
#pragma once

#include <cstddef>
#include <deque>

#include "coap_core/codec.h"
#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::coap {

struct ReceivedRecord {
  Type type;
  MessageId message_id;
  Token token;
  bool is_response;
  Instant forget_at;
  Bytes answer;  // the ACK or RST to repeat; empty where none was sent
};

class DuplicateTable {
 public:
  static constexpr std::size_t kSizeMax = 64;

  // The first copy of this message, while it is remembered.
  [[nodiscard]] const ReceivedRecord* find(Instant now, const MessageView& message) const;
  void remember(Instant now, const MessageView& message, Bytes answer);

  // The host's ACK or RST becomes the answer to copies of the latest CON with this message ID.
  void set_answer(MessageId message_id, const Bytes& answer);
  // The token of the latest response with this message ID; null where there is none.
  [[nodiscard]] const Token* response_token(MessageId message_id) const;
  // A response to a request sent now is new, whatever its message ID.
  void forget_responses(const Token& token);

  [[nodiscard]] std::size_t size() const { return records_.size(); }

 private:
  std::deque<ReceivedRecord> records_;  // the latest first
};

}  // namespace vmodem::coap
