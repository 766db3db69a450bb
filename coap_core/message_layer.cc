#include "coap_core/message_layer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "coap_core/codec.h"
#include "coap_core/duplicate_table.h"
#include "coap_core/exchange_table.h"
#include "coap_core/handover_table.h"
#include "coap_core/outbox.h"
#include "coap_core/outgoing.h"
#include "coap_core/receive_rules.h"
#include "coap_core/send_queue.h"
#include "coap_core/token_table.h"
#include "firmware/base/check.h"

namespace vmodem::coap {
namespace {

Bytes empty_message(Type type, MessageId message_id) {
  return encode({.type = type, .code = Code::kEmpty, .message_id = message_id});
}

}  // namespace

struct MessageLayer::State {
  State(const TransmissionParameters& from, const MessageLayerOptions& with, RandomSource& random)
      : parameters(from), options(with), exchanges(random, outbox), queue(with.queue_size_max) {}

  void start(Instant now, Outgoing message);
  void start_waiting(Instant now);
  void send_confirmable(Instant now, Outgoing message);
  void send_at_once(Instant now, const Outgoing& message);
  void note_host_answer(const Outgoing& message);

  void receive(Instant now, const MessageView& message);
  void receive_acknowledgement(const MessageView& message, Outcome outcome, DropReason unmatched);
  void receive_request(Instant now, const MessageView& message);
  void receive_piggybacked(const MessageView& message);
  void receive_separate(Instant now, const MessageView& message);
  [[nodiscard]] bool answer_duplicate(Instant now, const MessageView& message);
  void accept(Instant now, const MessageView& message, bool acknowledges);
  void deliver(const MessageView& message);
  void reject(MessageId message_id, DropReason reason);

  [[nodiscard]] bool must_wait() const {
    return exchanges.size() >= static_cast<std::size_t>(options.nstart) || !queue.is_empty();
  }

  TransmissionParameters parameters;
  MessageLayerOptions options;
  Outbox outbox;
  ExchangeTable exchanges;
  SendQueue queue;
  HandoverTable handovers;
  DuplicateTable duplicates;
  TokenTable tokens;
  std::uint32_t next_send = 1;
  bool has_ended = false;
};

// --- Sending -------------------------------------------------------------------------------------

void MessageLayer::State::start(Instant now, Outgoing message) {
  if (awaits_response(message)) {
    tokens.handle_request(now, message);
    duplicates.forget_responses(message.token);
  }
  if (message.type == Type::kConfirmable) {
    exchanges.start(now, std::move(message));
    return;
  }
  handovers.add(outbox.transmit(message.datagram), message);
}

void MessageLayer::State::start_waiting(Instant now) {
  const auto nstart = static_cast<std::size_t>(options.nstart);
  while (!queue.is_empty() && exchanges.size() < nstart &&
         exchanges.find(queue.front().message_id) == nullptr) {
    start(now, queue.pop());
  }
}

void MessageLayer::State::send_confirmable(Instant now, Outgoing message) {
  if (must_wait()) {
    queue.push(std::move(message));
    return;
  }
  if (exchanges.find(message.message_id) != nullptr) {
    outbox.report(conclusion(message, Outcome::kMessageIdInUse));
    return;
  }
  start(now, std::move(message));
}

void MessageLayer::State::send_at_once(Instant now, const Outgoing& message) {
  note_host_answer(message);
  start(now, message);
}

void MessageLayer::State::note_host_answer(const Outgoing& message) {
  if (message.type == Type::kNonConfirmable) return;
  // RFC 7252 §4.5: copies of what the host has answered get that answer again.
  duplicates.set_answer(message.message_id, message.datagram);

  // RFC 7641 §3.6: a Reset in answer to a notification ends the observation.
  if (message.type != Type::kReset) return;
  if (const Token* token = duplicates.response_token(message.message_id)) {
    tokens.handle_reset(*token);
  }
}

// --- Receiving -----------------------------------------------------------------------------------

void MessageLayer::State::receive(Instant now, const MessageView& message) {
  const ReceiveRule rule = receive_rule(message.type, message.code);
  switch (rule.handling) {
    case Handling::kIgnore:
      return outbox.drop(rule.reason, message.message_id);
    case Handling::kReject:
      return reject(message.message_id, rule.reason);
    case Handling::kAcknowledgement:
      return receive_acknowledgement(message, Outcome::kAcknowledged, DropReason::kUnmatchedAck);
    case Handling::kReset:
      return receive_acknowledgement(message, Outcome::kReset, DropReason::kUnmatchedReset);
    case Handling::kRequest:
      return receive_request(now, message);
    case Handling::kPiggybackedResponse:
      return receive_piggybacked(message);
    case Handling::kSeparateResponse:
      return receive_separate(now, message);
  }
}

// An empty ACK or a RST: matched by message ID alone (RFC 7252 §4.2).
void MessageLayer::State::receive_acknowledgement(const MessageView& message, Outcome outcome,
                                                  DropReason unmatched) {
  const Outgoing* sent = exchanges.find(message.message_id);
  if (sent == nullptr) return outbox.drop(unmatched, message.message_id);

  if (outcome == Outcome::kReset && awaits_response(*sent)) tokens.handle_reset(sent->token);
  exchanges.conclude(message.message_id, outcome);
}

void MessageLayer::State::receive_request(Instant now, const MessageView& message) {
  if (answer_duplicate(now, message)) return;
  accept(now, message, options.auto_ack == AutoAck::kAll);
}

void MessageLayer::State::receive_piggybacked(const MessageView& message) {
  const Outgoing* sent = exchanges.find(message.message_id);
  if (sent == nullptr) return outbox.drop(DropReason::kUnmatchedAck, message.message_id);

  const bool was_asked = awaits_response(*sent);
  const bool is_match = sent->token == message.token;
  exchanges.conclude(message.message_id, Outcome::kAcknowledged);

  // Some servers answer a ping by a response.
  if (!was_asked && options.unknown_token == UnknownToken::kReject) {
    return outbox.drop(DropReason::kUnknownToken, message.message_id);
  }
  // RFC 7252 §5.3.2: message ID and token must match.
  if (was_asked && !is_match && !options.deliver_mismatched) {
    return outbox.drop(DropReason::kTokenMismatch, message.message_id);
  }
  tokens.handle_response(message.token, is_notification(message));
  // RFC 7252 §5.4.1: the response is rejected, the acknowledgement counts.
  if (options.reject_critical && has_unknown_critical_option(message)) {
    return outbox.drop(DropReason::kCriticalOption, message.message_id);
  }
  deliver(message);
}

void MessageLayer::State::receive_separate(Instant now, const MessageView& message) {
  if (answer_duplicate(now, message)) return;

  const auto refuse = [&](DropReason reason) {
    if (message.type == Type::kConfirmable) return reject(message.message_id, reason);
    outbox.drop(reason, message.message_id);
  };
  const bool notifies = is_notification(message);
  const Outgoing* request = exchanges.find_request(message.token, notifies);
  const bool is_expected = request != nullptr || tokens.is_known(now, message.token);
  if (!is_expected && options.unknown_token == UnknownToken::kReject) {
    return refuse(DropReason::kUnknownToken);
  }

  // RFC 7252 §5.2.2: the response tells that the request has arrived, whatever became of its ACK.
  if (request != nullptr) exchanges.conclude(request->message_id, Outcome::kAcknowledged);
  tokens.handle_response(message.token, notifies);
  if (options.reject_critical && has_unknown_critical_option(message)) {
    return refuse(DropReason::kCriticalOption);
  }
  accept(now, message, options.auto_ack != AutoAck::kNone);
}

bool MessageLayer::State::answer_duplicate(Instant now, const MessageView& message) {
  const ReceivedRecord* first = duplicates.find(now, message);
  if (first == nullptr) return false;
  if (!first->answer.empty()) outbox.transmit(first->answer);
  outbox.drop(DropReason::kDuplicate, message.message_id);
  return true;
}

void MessageLayer::State::accept(Instant now, const MessageView& message, bool acknowledges) {
  Bytes answer;
  if (message.type == Type::kConfirmable && acknowledges) {
    answer = empty_message(Type::kAcknowledgement, message.message_id);
    outbox.transmit(answer);
  }
  duplicates.remember(now, message, std::move(answer));
  deliver(message);
}

void MessageLayer::State::deliver(const MessageView& message) {
  Deliverable deliverable = make_deliverable(message);
  outbox.count(Oddity::kUnknownElectiveOption, deliverable.unknown_elective_options);
  outbox.count(Oddity::kIgnoredOptionLength, deliverable.ignored_option_lengths);
  outbox.report(Received{std::move(deliverable.message)});
}

void MessageLayer::State::reject(MessageId message_id, DropReason reason) {
  outbox.transmit(empty_message(Type::kReset, message_id));
  outbox.drop(reason, message_id);
}

// --- The public face -----------------------------------------------------------------------------

MessageLayer::MessageLayer(const TransmissionParameters& parameters,
                           const MessageLayerOptions& options, RandomSource& random)
    : state_(std::make_unique<State>(parameters, options, random)) {
}
MessageLayer::~MessageLayer() = default;
MessageLayer::MessageLayer(MessageLayer&&) noexcept = default;
MessageLayer& MessageLayer::operator=(MessageLayer&&) noexcept = default;

void MessageLayer::set_parameters(const TransmissionParameters& parameters) {
  state_->parameters = parameters;
}

Expected<SendId, SendError> MessageLayer::send(Instant now, const Message& message) {
  BG_CHECK(!state_->has_ended, "nothing is sent in a session that has ended");
  const bool is_confirmable = message.type == Type::kConfirmable;
  if (is_confirmable && state_->must_wait() && state_->queue.is_full()) {
    return unexpected(SendError::kQueueFull);
  }

  const auto id = static_cast<SendId>(state_->next_send++);
  Outgoing outgoing = make_outgoing(id, message, state_->parameters);
  if (is_confirmable) {
    state_->send_confirmable(now, std::move(outgoing));
  } else {
    state_->send_at_once(now, outgoing);
  }
  return id;
}

void MessageLayer::handle_datagram(Instant now, ByteView datagram) {
  if (state_->has_ended) return;
  const auto message = decode(datagram);
  if (message) {
    state_->receive(now, *message);
    state_->start_waiting(now);
    return;
  }

  const ReceiveRule rule = receive_rule(message.error());
  if (rule.handling == Handling::kReject) {
    return state_->reject(*message.error().message_id, rule.reason);
  }
  state_->outbox.drop(rule.reason, message.error().message_id);
}

void MessageLayer::handle_transmitted(Instant /*now*/, TransmitId id, bool handed_over) {
  if (const auto concluded = state_->handovers.take(id, handed_over)) {
    return state_->outbox.report(*concluded);
  }
  state_->exchanges.handle_transmitted(id, handed_over);
}

void MessageLayer::handle_timeout(Instant now) {
  state_->exchanges.handle_timeout(now);
  state_->start_waiting(now);
}

void MessageLayer::end_session(Instant /*now*/) {
  state_->has_ended = true;
  state_->outbox.discard_transmits();

  std::vector<Concluded> conclusions;
  state_->exchanges.cut_off(conclusions);
  state_->queue.cut_off(conclusions);
  state_->handovers.cut_off(conclusions);
  std::ranges::sort(conclusions, std::ranges::less{}, &Concluded::id);
  for (const Concluded& concluded : conclusions) state_->outbox.report(concluded);
}

std::optional<Transmit> MessageLayer::poll_transmit() {
  return state_->outbox.poll_transmit();
}

std::optional<Event> MessageLayer::poll_event() {
  return state_->outbox.poll_event();
}

std::optional<Instant> MessageLayer::poll_timeout() const {
  return state_->exchanges.poll_timeout();
}

bool MessageLayer::has_exchange_in_flight() const {
  return state_->exchanges.size() != 0;
}

std::vector<ExchangeView> MessageLayer::exchanges() const {
  return state_->exchanges.views();
}

std::size_t MessageLayer::waiting_count() const {
  return state_->queue.size();
}

std::uint64_t MessageLayer::drop_count(DropReason reason) const {
  return state_->outbox.drop_count(reason);
}

std::uint64_t MessageLayer::oddity_count(Oddity oddity) const {
  return state_->outbox.oddity_count(oddity);
}

}  // namespace vmodem::coap
