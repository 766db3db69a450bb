#include "coap_core/duplicate_table.h"

#include <algorithm>
#include <utility>

#include "coap_core/transmission_parameters.h"

namespace vmodem::coap {
namespace {

// The peer's parameters are unknown: RFC 7252's defaults, so 247 s and 145 s.
Duration lifetime(Type type) {
  constexpr TransmissionParameters kPeer{.ack_timeout = 2s, .max_retransmit = 4};
  return type == Type::kConfirmable ? kPeer.exchange_lifetime() : kPeer.non_lifetime();
}

}  // namespace

const ReceivedRecord* DuplicateTable::find(Instant now, const MessageView& message) const {
  const auto found = std::ranges::find_if(records_, [&](const ReceivedRecord& record) {
    return record.message_id == message.message_id && record.type == message.type &&
           record.token == message.token && now < record.forget_at;
  });
  return found == records_.end() ? nullptr : &*found;
}

void DuplicateTable::remember(Instant now, const MessageView& message, Bytes answer) {
  std::erase_if(records_, [now](const ReceivedRecord& record) { return record.forget_at <= now; });
  if (records_.size() == kSizeMax) records_.pop_back();
  records_.push_front({message.type, message.message_id, message.token, is_response(message.code),
                       now + lifetime(message.type), std::move(answer)});
}

void DuplicateTable::set_answer(MessageId message_id, const Bytes& answer) {
  const auto found = std::ranges::find_if(records_, [message_id](const ReceivedRecord& record) {
    return record.type == Type::kConfirmable && record.message_id == message_id;
  });
  if (found != records_.end()) found->answer = answer;
}

const Token* DuplicateTable::response_token(MessageId message_id) const {
  const auto found = std::ranges::find_if(records_, [message_id](const ReceivedRecord& record) {
    return record.is_response && record.message_id == message_id;
  });
  return found == records_.end() ? nullptr : &found->token;
}

void DuplicateTable::forget_responses(const Token& token) {
  std::erase_if(records_, [&token](const ReceivedRecord& record) {
    return record.is_response && record.token == token;
  });
}

}  // namespace vmodem::coap
