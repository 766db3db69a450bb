#include "firmware/coap/trail.h"

#include <algorithm>

#include "firmware/journal/message/message.h"

namespace vmodem::firmware {
namespace {

std::optional<Duration> timeout_of(const coap::Transmit& transmit) {
  if (transmit.timeout == Duration::zero()) return std::nullopt;
  return transmit.timeout;
}

}  // namespace

MessageTrail::Step* MessageTrail::find(coap::MessageId message_id) {
  const auto found = std::find_if(steps_.rbegin(), steps_.rend(), [message_id](const Step& step) {
    return step.message_id == message_id;
  });
  return found == steps_.rend() ? nullptr : &*found;
}

void MessageTrail::accept(coap::MessageId message_id) {
  if (!journal_.is_read()) return;
  if (steps_.size() >= kSizeMax) steps_.erase(steps_.begin());
  steps_.push_back({message_id, {}, journal_.cause()});
}

journal::Number MessageTrail::send(const coap::Transmit& transmit) {
  if (!journal_.wants<journal::CoapSent>()) return 0;
  const auto message = coap::decode(transmit.datagram);
  if (!message) return 0;  // ruled forms, as a reset with a code
  const bool is_own = message->type == coap::Type::kConfirmable ||
                      message->type == coap::Type::kNonConfirmable;
  auto* const step = is_own ? find(message->message_id) : nullptr;
  const auto because = step != nullptr ? step->last : journal_.cause();
  if (step != nullptr && step->transmissions > 0) {
    step->last = journal_.emit_because<journal::CoapRetransmitted>(because, [&] {
      return journal::CoapRetransmitted{client_, message->message_id,
                                        static_cast<std::uint64_t>(step->transmissions),
                                        timeout_of(transmit)};
    });
    ++step->transmissions;
    return step->last;
  }
  const auto number = journal_.emit_because<journal::CoapSent>(because, [&] {
    journal::CoapSent event{};
    event.client = client_;
    fill(event, *message);
    event.timeout = timeout_of(transmit);
    return event;
  });
  if (step != nullptr) {
    step->token = message->token;
    step->last = number;
    ++step->transmissions;
  }
  return number;
}

journal::Number MessageTrail::question_of(const coap::MessageView& answer) const {
  const bool is_of_exchange = answer.type == coap::Type::kAcknowledgement ||
                              answer.type == coap::Type::kReset;
  const auto is_answered = [&](const Step& step) {
    if (step.transmissions == 0) return false;
    if (is_of_exchange) return step.message_id == answer.message_id;
    return coap::is_response(answer.code) && step.token == answer.token;
  };
  const auto found = std::find_if(steps_.rbegin(), steps_.rend(), is_answered);
  return found == steps_.rend() ? 0 : found->last;
}

journal::Number MessageTrail::receive(ByteView datagram) {
  if (!journal_.wants<journal::CoapReceived>()) return 0;
  const auto message = coap::decode(datagram);
  if (!message) return 0;
  const auto question = question_of(*message);
  const auto carrier = journal_.cause();
  return journal_.emit_because<journal::CoapReceived>(question != 0 ? question : carrier, [&] {
    journal::CoapReceived event{};
    event.client = client_;
    fill(event, *message);
    event.carried_by = {carrier};
    return event;
  });
}

journal::Number MessageTrail::last_of(coap::MessageId message_id) const {
  const auto found = std::find_if(steps_.rbegin(), steps_.rend(), [message_id](const Step& step) {
    return step.message_id == message_id && step.transmissions > 0;
  });
  return found == steps_.rend() ? 0 : found->last;
}

}  // namespace vmodem::firmware
