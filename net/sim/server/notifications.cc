// Observation (RFC 7641 §4).
#include <utility>

#include "net/sim/server/coap.h"

namespace vmodem::sim {
namespace {

constexpr std::uint32_t kSequenceMask = 0xFFFFFF;  // RFC 7641 §2: 24 bits
constexpr std::uint32_t kRegister = 0;
// RFC 7641 §4.5: at least so often a notification is confirmable.
constexpr Duration kConfirmEvery = 24h;

}  // namespace

// RFC 7641 §4.1: the response to a GET with Observe says whether it registered.
void CoapServer::observe(Instant now, const net::Endpoint& peer, Response& response) {
  const auto resource = site_.find_observable(request_.path);
  if (!resource || request_.code != coap::Code::kGet) return;

  const ObserverKey key{peer, request_.token};
  if (request_.observe != kRegister || coap::code_class(response.code) != 2) {
    return drop_observer(*resource, key);
  }

  // RFC 7959 §2.6: the blocks behind the first of a notification are asked for without Observe.
  auto block2 = request_.block2;
  if (block2) block2->number = 0;
  const Observer observer{.accept = request_.accept,
                          .block2 = block2,
                          .content_format = response.content_format.value_or(0),
                          .last_confirmed = now};
  if (!observers_.add(*resource, key, observer)) return report(WorldEventKind::kOverflow, peer);

  report(WorldEventKind::kObserverAdded, peer);
  response.observe = observers_.audience(*resource).sequence & kSequenceMask;
  start_ticking(now, *resource);
}

void CoapServer::start_ticking(Instant now, ResourceIndex resource) {
  const auto period = site_.at(resource).config->observe.period;
  auto& tick = observers_.audience(resource).tick;
  if (tick || period == Duration::zero()) return;

  // On whole periods, whoever registers when: a clock that strikes.
  const auto next = now + (period - now.time_since_epoch() % period);
  tick = services_.schedule.add(next,
                                {.kind = JobKind::kNotify, .server = index_, .subject = resource});
}

void CoapServer::handle_tick(Instant now, ResourceIndex resource) {
  auto& audience = observers_.audience(resource);
  audience.tick.reset();
  if (audience.observers.empty()) return;

  const auto due = services_.schedule.last_due();
  site_.tick(resource);
  notify(now, resource);
  start_ticking(due, resource);
}

void CoapServer::notify_changes(Instant now) {
  for (const auto resource : site_.take_changes()) {
    if (site_.at(resource).config->observe.is_offered) notify(now, resource);
  }
}

void CoapServer::notify(Instant now, ResourceIndex resource) {
  auto& audience = observers_.audience(resource);
  if (audience.observers.empty()) return;

  ++audience.sequence;
  std::vector<ObserverKey> ready;
  for (auto& [key, observer] : audience.observers) {
    // RFC 7641 §4.5.1: one confirmable notification at a time; the latest content follows it.
    observer.is_outdated = observer.is_in_flight;
    if (!observer.is_in_flight) ready.push_back(key);
  }
  for (const auto& key : ready) send_notification(now, resource, key);
}

std::optional<std::size_t> CoapServer::notify_observers(Instant now, const std::string& path) {
  const auto resource = site_.find_observable(path);
  if (!resource) return std::nullopt;
  site_.tick(*resource);
  notify(now, *resource);
  return observers_.count(*resource);
}

CoapServer::Notification CoapServer::render(Instant now, ResourceIndex resource,
                                            const ObserverKey& key, const Observer& observer) {
  Request registration;
  registration.accept = observer.accept;
  registration.block2 = observer.block2;
  registration.path = site_.at(resource).path;
  auto response = site_.notification(now, key.first, resource, registration);
  const bool is_success = coap::code_class(response.code) == 2;
  // RFC 7641 §4.2: another Content-Format than that of the first response ends the observation.
  if (is_success && response.content_format.value_or(0) != observer.content_format) {
    response = site_.error(coap::Code::kNotAcceptable);
  }

  const bool is_last = coap::code_class(response.code) != 2;
  if (!is_last) response.observe = observers_.audience(resource).sequence & kSequenceMask;
  return {std::move(response), is_last};
}

void CoapServer::send_notification(Instant now, ResourceIndex resource, const ObserverKey& key) {
  auto* const observer = observers_.find(resource, key);
  if (observer == nullptr || is_silent(now)) return;

  const auto [response, is_last] = render(now, resource, key, *observer);
  auto type = site_.at(resource).config->observe.notification;
  if (now - observer->last_confirmed >= kConfirmEvery) type = coap::Type::kConfirmable;
  const bool is_confirmable = type == coap::Type::kConfirmable;
  const Envelope envelope{type, next_message_id(), key.second};
  observer->is_outdated = false;
  observer->last_message_id = envelope.message_id;
  if (is_confirmable) observer->last_confirmed = now;

  dispatch(now, {.key = {key.first, envelope.message_id},
                 .exchange = {.datagram = encode_response(envelope, response),
                              .token = key.second,
                              .is_notification = true,
                              .resource = resource},
                 .is_confirmable = is_confirmable});
  observer->is_in_flight = exchanges_.contains({key.first, envelope.message_id});
  if (is_last) drop_observer(resource, key);
}

// RFC 7641 §4.5.2: a retransmission carries the latest content, in a message of its own that takes
// over the count and the timeout.
void CoapServer::renew_notification(Instant due, const MessageKey& key, ServerExchange exchange) {
  auto renewed_key = key;
  const ObserverKey observer_key{key.peer, exchange.token};
  auto* const observer = observers_.find(exchange.resource, observer_key);
  if (observer != nullptr && observer->is_outdated) {
    const auto [response, is_last] = render(due, exchange.resource, observer_key, *observer);
    const Envelope envelope{coap::Type::kConfirmable, next_message_id(), exchange.token};
    exchange.datagram = encode_response(envelope, response);
    renewed_key.message_id = envelope.message_id;
    observer->is_outdated = false;
    observer->last_message_id = envelope.message_id;
    if (is_last) drop_observer(exchange.resource, observer_key);
  }
  if (!is_silent(due)) send(key.peer, exchange.datagram, true);
  const auto next = due + exchange.timeout;
  exchanges_.resume(next, renewed_key, std::move(exchange));
}

void CoapServer::drop_observer(ResourceIndex resource, const ObserverKey& key) {
  if (observers_.remove(resource, key)) report(WorldEventKind::kObserverRemoved, key.first);
}

}  // namespace vmodem::sim
