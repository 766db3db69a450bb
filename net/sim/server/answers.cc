// How answers travel, and the retransmission of those that are confirmable (RFC 7252 §4.2, §5.2).
#include <algorithm>
#include <charconv>
#include <utility>

#include "net/sim/server/coap.h"
#include "net/sim/site/option_numbers.h"

namespace vmodem::sim {
namespace {

constexpr std::uint32_t kCopiesMax = 16;

coap::Type separate_type(const AnswerConfig& manner, coap::Type of_request) {
  switch (manner.type) {
    case AnswerType::kAsRequest:
      return of_request;
    case AnswerType::kConfirmable:
      return coap::Type::kConfirmable;
    case AnswerType::kNonConfirmable:
      return coap::Type::kNonConfirmable;
  }
  return of_request;
}

// libcoap's /async: the first query in seconds. Nothing for anything else and for 0.
std::optional<Duration> delay_from_query(const Request& request) {
  const auto text = request.queries.front();
  std::uint16_t seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc{} || end != text.data() + text.size() || seconds == 0) return std::nullopt;
  return std::chrono::seconds(seconds);
}

}  // namespace

void CoapServer::answer(Instant now, const net::Endpoint& peer, const AnswerConfig& manner) {
  switch (manner.form) {
    case AnswerForm::kSilence:
      return;
    case AnswerForm::kAckOnly:
      return acknowledge(now, peer, manner);
    case AnswerForm::kReset: {
      auto reset = encode_empty(coap::Type::kReset, request_.message_id);
      if (ticket_) cache_.set_answer(*ticket_, reset);
      return send(peer, std::move(reset));
    }
    case AnswerForm::kPiggybacked:
    case AnswerForm::kSeparate:
      break;
  }

  auto response = manner.code ? site_.error(*manner.code) : site_.respond(now, peer, request_);
  if (request_.observe && !manner.code) observe(now, peer, response);
  const bool is_failure = coap::code_class(response.code) != 2;
  if (manner.form == AnswerForm::kPiggybacked || (is_failure && !manner.code)) {
    return answer_at_once(now, peer, manner, response);
  }
  answer_separately(now, peer, manner, response);
}

void CoapServer::answer_at_once(Instant now, const net::Endpoint& peer, const AnswerConfig& manner,
                                const Response& response) {
  Envelope envelope{coap::Type::kAcknowledgement, request_.message_id, request_.token};
  if (request_.type == coap::Type::kNonConfirmable) {
    envelope.type = coap::Type::kNonConfirmable;
    if (!config_.manners.keeps_message_id) envelope.message_id = next_message_id();
  }
  const bool is_piggybacked = manner.form == AnswerForm::kPiggybacked;
  ship(now, is_piggybacked ? manner.delay : Duration::zero(),
       {.key = {peer, envelope.message_id},
        .exchange = {.datagram = malform(encode_response(envelope, response), manner.malformation),
                     .token = request_.token},
        .copies = manner.copies,
        .copy_interval = manner.copy_interval,
        .answered = ticket_});
}

void CoapServer::answer_separately(Instant now, const net::Endpoint& peer,
                                   const AnswerConfig& manner, const Response& response) {
  auto delay = manner.delay;
  if (manner.delay_from_query && !request_.queries.empty()) {
    const auto asked = delay_from_query(request_);
    // Without a word, as libcoap.
    if (!asked) return answer_at_once(now, peer, manner, {.code = coap::Code::kBadRequest});
    delay = *asked;
  }
  if (manner.is_acknowledged) acknowledge(now, peer, manner);

  const Envelope envelope{separate_type(manner, request_.type), next_message_id(), request_.token};
  ship(now, delay,
       {.key = {peer, envelope.message_id},
        .exchange = {.datagram = malform(encode_response(envelope, response), manner.malformation),
                     .token = request_.token},
        .is_confirmable = envelope.type == coap::Type::kConfirmable,
        .is_awaited = true,
        .copies = manner.copies,
        .copy_interval = manner.copy_interval});
}

void CoapServer::answer_instead(Instant now, const net::Endpoint& peer,
                                const AnswerOverride& what) {
  if (what.is_silent) return;
  Response response{.code = what.code, .content_format = what.content_format};
  response.payload = what.payload;
  answer_at_once(now, peer, AnswerConfig{.delay = what.delay}, response);
}

void CoapServer::acknowledge(Instant now, const net::Endpoint& peer, const AnswerConfig& manner) {
  if (request_.type != coap::Type::kConfirmable) return;

  const MessageKey key{peer, request_.message_id};
  auto datagram = encode_empty(coap::Type::kAcknowledgement, request_.message_id);
  ship(now, manner.ack_delay,
       {.key = key, .exchange = {.datagram = std::move(datagram)}, .answered = ticket_});
}

// RFC 7252 §5.4.1: an unknown critical option.
void CoapServer::refuse(Instant now, const net::Endpoint& peer) {
  if (request_.type == coap::Type::kNonConfirmable) {
    return send(peer, encode_empty(coap::Type::kReset, request_.message_id));
  }
  answer_at_once(now, peer, AnswerConfig{}, site_.error(coap::Code::kBadOption));
}

void CoapServer::ship(Instant now, Duration delay, Shipment shipment) {
  if (delay == Duration::zero()) return dispatch(now, std::move(shipment));
  if (delayed_.size() >= config_.limits.delayed_max) {
    return report(WorldEventKind::kOverflow, shipment.key.peer);
  }

  const auto id = next_delayed_++;
  const auto key = services_.schedule.add(
      now + delay, {.kind = JobKind::kTransmit, .server = index_, .subject = id});
  if (shipment.is_awaited) pending_.emplace(shipment.key.peer, shipment.exchange.token);
  delayed_.emplace(id, std::pair{key, std::move(shipment)});
}

void CoapServer::handle_delayed(Instant now, std::uint64_t id) {
  auto node = delayed_.extract(id);
  BG_CHECK(!node.empty(), "a shipment that is cancelled takes its job along");
  auto& shipment = node.mapped().second;
  if (shipment.is_awaited) pending_.erase({shipment.key.peer, shipment.exchange.token});
  dispatch(now, std::move(shipment));
}

void CoapServer::dispatch(Instant now, Shipment shipment) {
  if (is_silent(now)) return;

  if (shipment.answered) cache_.set_answer(*shipment.answered, shipment.exchange.datagram);
  send(shipment.key.peer, shipment.exchange.datagram, shipment.exchange.is_notification);
  for (std::uint32_t i = 1; i < std::min(shipment.copies, kCopiesMax); ++i) {
    ship(now, shipment.copy_interval * i,
         {.key = shipment.key, .exchange = {.datagram = shipment.exchange.datagram}});
  }
  if (!shipment.is_confirmable) return;

  if (exchanges_.is_full() || exchanges_.contains(shipment.key)) {
    return report(WorldEventKind::kOverflow, shipment.key.peer);
  }
  exchanges_.start(now, shipment.key, std::move(shipment.exchange), services_.random);
}

void CoapServer::retransmit(Instant now, const Job& job) {
  const MessageKey key{job.peer, static_cast<coap::MessageId>(job.subject)};
  const auto due = services_.schedule.last_due();
  auto exchange = exchanges_.take(key);
  BG_CHECK(exchange.has_value(), "an exchange that ends takes its timer along");

  if (!exchanges_.may_retransmit(*exchange)) {
    report(WorldEventKind::kGaveUp, key.peer);
    // RFC 7641 §4.5: who does not acknowledge is not interested.
    if (exchange->is_notification) drop_observer(exchange->resource, {key.peer, exchange->token});
    return;
  }

  ++exchange->retransmissions;
  exchange->timeout *= 2;
  if (exchange->is_notification) return renew_notification(due, key, std::move(*exchange));
  if (!is_silent(now)) send(key.peer, exchange->datagram);
  const auto next = due + exchange->timeout;
  exchanges_.resume(next, key, std::move(*exchange));
}

void CoapServer::initiate(Instant now, const Job& job) {
  const auto& initiated = config_.initiated[job.subject];
  std::array<std::uint8_t, 4> token{};
  services_.random.fill(RandomStream::kPeer, token);
  coap::Message message{.type = initiated.type,
                        .code = initiated.code,
                        .message_id = next_message_id(),
                        .token = coap::Token(token),
                        .options = {},
                        .payload = initiated.payload};
  if (initiated.observes) message.options.push_back({coap::kObserve, {}});
  std::string_view rest = initiated.path;
  while (!rest.empty()) {
    const auto slash = std::min(rest.find('/'), rest.size());
    message.options.push_back({kUriPath, to_bytes(rest.substr(0, slash))});
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  if (initiated.accept) {
    message.options.push_back({kAccept, coap::encode_uint(*initiated.accept)});
  }

  if (awaited_.size() >= config_.limits.awaited_max) awaited_.erase(awaited_.begin());
  awaited_.push_back({job.peer, message.token, initiated.observes});
  dispatch(now, {.key = {job.peer, message.message_id},
                 .exchange = {.datagram = coap::encode(message), .token = message.token},
                 .is_confirmable = initiated.type == coap::Type::kConfirmable});
}

}  // namespace vmodem::sim
