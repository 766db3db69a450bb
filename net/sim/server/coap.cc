#include "net/sim/server/coap.h"

#include <algorithm>
#include <utility>

#include "coap_core/receive_rules.h"

namespace vmodem::sim {
namespace {

// RFC 7252 §4.8.2, for peers with the default parameters.
const coap::TransmissionParameters kDefaultParameters{.max_retransmit = 4};
const Duration kExchangeLifetime = kDefaultParameters.exchange_lifetime();
const Duration kNonLifetime = kDefaultParameters.non_lifetime();

}  // namespace

CoapServer::CoapServer(std::uint32_t index, const ServerConfig& config,
                       const WorldServices& services)
    : index_(index),
      config_(config),
      services_(services),
      site_(config, services.calendar_start),
      cache_(config.limits.remembered_max, config.limits.remembered_octets_max),
      exchanges_(index, config.transmission, config.limits.exchanges_max, services.schedule),
      observers_(config.limits.observers_max),
      message_id_(static_cast<coap::MessageId>(services.random.next(RandomStream::kPeer))),
      upon_counts_(config.initiated.size()) {
  for (std::uint64_t i = 0; i < config.restarts.size(); ++i) {
    if (!config.restarts[i].at) continue;
    services.schedule.add(Instant{} + *config.restarts[i].at,
                          {.kind = JobKind::kRestart, .server = index, .subject = i});
  }
}

void CoapServer::report(WorldEventKind kind, const net::Endpoint& peer, ByteView message) {
  services_.log.report({kind, config_.endpoint, peer, Bytes(message.begin(), message.end())});
}

void CoapServer::send(const net::Endpoint& peer, Bytes octets, bool is_notification) {
  if (services_.log.keeps_messages()) {
    report(is_notification ? WorldEventKind::kNotified : WorldEventKind::kSent, peer, octets);
  }
  sent_.push_back({peer, std::move(octets)});
}

std::vector<PeerOctets> CoapServer::take_sent() {
  return std::exchange(sent_, {});
}

bool CoapServer::take_restarted() {
  return std::exchange(has_restarted_, false);
}

void CoapServer::handle_datagram(Instant now, const net::Endpoint& peer, ByteView octets) {
  if (is_silent(now)) return;

  received_ = services_.log.keeps_messages() ? octets : ByteView{};
  const auto decoded = coap::decode(octets);
  if (!decoded) return handle_fault(peer, decoded.error());
  handle_message(now, peer, *decoded);
}

void CoapServer::handle_fault(const net::Endpoint& peer, const coap::DecodeError& error) {
  report(WorldEventKind::kUndecodable, peer);
  const bool is_rejected = coap::receive_rule(error).handling == coap::Handling::kReject;
  if (!is_rejected && !config_.manners.resets_all_faults) return;
  send(peer, encode_empty(coap::Type::kReset, error.message_id.value_or(0)));
}

void CoapServer::handle_message(Instant now, const net::Endpoint& peer,
                                const coap::MessageView& message) {
  const MessageKey key{peer, message.message_id};
  switch (coap::receive_rule(message.type, message.code).handling) {
    case coap::Handling::kIgnore:
      report(WorldEventKind::kRejected, peer);
      if (config_.manners.resets_all_faults && message.type == coap::Type::kNonConfirmable) {
        send(peer, encode_empty(coap::Type::kReset, message.message_id));
      }
      return;
    case coap::Handling::kReject:
      report(WorldEventKind::kRejected, peer);
      return send(peer, encode_empty(coap::Type::kReset, message.message_id));
    case coap::Handling::kAcknowledgement:
      return handle_acknowledged(now, key);
    case coap::Handling::kReset:
      return handle_reset(key);
    case coap::Handling::kRequest:
      return handle_request(now, peer, message);
    case coap::Handling::kPiggybackedResponse:
      handle_acknowledged(now, key);
      return handle_response(peer, message);
    case coap::Handling::kSeparateResponse:
      return handle_response(peer, message);
  }
}

void CoapServer::handle_acknowledged(Instant now, const MessageKey& key) {
  const auto exchange = exchanges_.take(key);
  if (!exchange) return report(WorldEventKind::kRejected, key.peer);

  report(WorldEventKind::kAcknowledged, key.peer);
  if (!exchange->is_notification) return;

  const ObserverKey observer_key{key.peer, exchange->token};
  auto* const observer = observers_.find(exchange->resource, observer_key);
  if (observer == nullptr) return;

  observer->is_in_flight = false;
  if (observer->is_outdated) send_notification(now, exchange->resource, observer_key);
}

void CoapServer::handle_reset(const MessageKey& key) {
  const auto exchange = exchanges_.take(key);
  const bool is_observer_gone =
      exchange && exchange->is_notification
          ? observers_.remove(exchange->resource, {key.peer, exchange->token})
          : observers_.remove_by_message(key.peer, key.message_id);
  if (!exchange && !is_observer_gone) return report(WorldEventKind::kRejected, key.peer);

  report(WorldEventKind::kReset, key.peer);
  if (is_observer_gone) report(WorldEventKind::kObserverRemoved, key.peer);
}

void CoapServer::handle_response(const net::Endpoint& peer, const coap::MessageView& message) {
  const auto awaited = std::ranges::find_if(
      awaited_, [&](const Awaited& one) { return one.peer == peer && one.token == message.token; });
  const bool is_awaited = awaited != awaited_.end();
  report(is_awaited ? WorldEventKind::kResponse : WorldEventKind::kRejected, peer);
  // RFC 7641 §3.2: what is no notification ends the observation.
  const bool goes_on = is_awaited && awaited->is_observation && coap::is_notification(message);
  if (is_awaited && !goes_on) awaited_.erase(awaited);
  if (message.type != coap::Type::kConfirmable) return;

  // RFC 7252 §5.3.2: a response that nobody waits for is rejected.
  const auto type = is_awaited ? coap::Type::kAcknowledgement : coap::Type::kReset;
  send(peer, encode_empty(type, message.message_id));
}

void CoapServer::handle_request(Instant now, const net::Endpoint& peer,
                                const coap::MessageView& message) {
  const MessageKey key{peer, message.message_id};
  if (is_copy(now, key, message)) return;
  request_.assign(message);
  plan_initiated(now, peer);
  if (strikes(now)) return;

  report(WorldEventKind::kRequest, peer, received_);
  remember(now, key);
  if (coap::has_unknown_critical_option(message)) return refuse(now, peer);
  if (const auto instead = services_.overrides.take(config_.endpoint, peer, request_)) {
    return answer_instead(now, peer, *instead);
  }
  answer(now, peer, site_.admit(request_));
  notify_changes(now);
}

bool CoapServer::is_copy(Instant now, const MessageKey& key, const coap::MessageView& message) {
  if (config_.manners.duplicates == DuplicateRule::kNone) {
    // libcoap knows a copy only while the response to the first one is still to come.
    if (!pending_.contains({key.peer, message.token})) return false;
    if (message.type == coap::Type::kConfirmable) {
      send(key.peer, encode_empty(coap::Type::kAcknowledgement, key.message_id));
    }
    report(WorldEventKind::kDuplicate, key.peer);
    return true;
  }

  const auto* const first = cache_.find(now, key);
  if (first == nullptr) return false;
  const bool is_by_token = config_.manners.duplicates == DuplicateRule::kMessageIdAndToken;
  if (is_by_token && first->token != message.token) return false;

  report(WorldEventKind::kDuplicate, key.peer);
  // RFC 7252 §4.5: a copy of a NON is ignored.
  if (message.type == coap::Type::kConfirmable && !first->answer.empty()) {
    send(key.peer, first->answer);
  }
  return true;
}

// The requests of its own that the one being handled calls for.
void CoapServer::plan_initiated(Instant now, const net::Endpoint& peer) {
  for (std::uint64_t i = 0; i < config_.initiated.size(); ++i) {
    const auto& initiated = config_.initiated[i];
    if (!initiated.upon_path.empty() && initiated.upon_path != request_.path) continue;
    const auto ordinal = ++upon_counts_[i];
    if (initiated.upon_request != 0 && initiated.upon_request != ordinal) continue;
    if (planned_ >= config_.limits.delayed_max) {
      report(WorldEventKind::kOverflow, peer);
      continue;
    }
    ++planned_;
    services_.schedule.add(
        now + initiated.delay,
        {.kind = JobKind::kInitiate, .server = index_, .subject = i, .peer = peer});
  }
}

// True where the server goes down in place of answering.
bool CoapServer::strikes(Instant now) {
  ++requests_;
  const auto restart_now =
      std::ranges::find(config_.restarts, std::optional{requests_}, &RestartConfig::upon_request);
  if (restart_now == config_.restarts.end()) return false;

  restart(now, restart_now->downtime);
  return true;
}

void CoapServer::remember(Instant now, const MessageKey& key) {
  ticket_.reset();
  if (config_.manners.duplicates == DuplicateRule::kNone) return;

  const bool is_confirmable = request_.type == coap::Type::kConfirmable;
  const auto lifetime = is_confirmable ? kExchangeLifetime : kNonLifetime;
  ticket_ = cache_.remember(now, key, {request_.token, now + lifetime, {}});
}

void CoapServer::handle_job(Instant now, const Job& job) {
  switch (job.kind) {
    case JobKind::kTransmit:
      return handle_delayed(now, job.subject);
    case JobKind::kRetransmit:
      return retransmit(now, job);
    case JobKind::kNotify:
      return handle_tick(now, static_cast<ResourceIndex>(job.subject));
    case JobKind::kInitiate:
      --planned_;
      return initiate(now, job);
    case JobKind::kRestart:
      return restart(now, config_.restarts[job.subject].downtime);
    case JobKind::kDtls:
    case JobKind::kAnswer:
      break;
  }
  BG_CHECK(false, "sessions and queries belong to the world");
}

void CoapServer::forget_peer(const net::Endpoint& peer) {
  std::erase_if(awaited_, [&](const Awaited& one) { return one.peer == peer; });
  const auto count = observers_.remove_peer(peer);
  for (std::size_t i = 0; i < count; ++i) report(WorldEventKind::kObserverRemoved, peer);
}

void CoapServer::restart(Instant now, Duration downtime) {
  report(WorldEventKind::kRestarted, {});
  site_.restart();
  cache_.clear();
  exchanges_.clear();
  for (ResourceIndex i = 0; i < site_.size(); ++i) {
    const auto& tick = observers_.audience(i).tick;
    if (tick) services_.schedule.cancel(*tick);
  }
  observers_.clear();
  for (const auto& [id, entry] : delayed_) services_.schedule.cancel(entry.first);
  delayed_.clear();
  pending_.clear();
  awaited_.clear();
  message_id_ = static_cast<coap::MessageId>(services_.random.next(RandomStream::kPeer));
  silent_until_ = now + downtime;
  has_restarted_ = true;
}

bool CoapServer::set_content(Instant now, const std::string& path, Representation content) {
  if (!site_.set_content(path, std::move(content))) return false;
  notify_changes(now);
  return true;
}

bool CoapServer::remove_resource(Instant now, const std::string& path) {
  if (!site_.remove(path)) return false;
  notify_changes(now);
  return true;
}

std::vector<ResourceView> CoapServer::resources() const {
  std::vector<ResourceView> views;
  for (ResourceIndex i = 0; i < site_.size(); ++i) {
    views.push_back({site_.at(i), observers_.count(i)});
  }
  return views;
}

}  // namespace vmodem::sim
