#include "tests/simulation/network_checks.h"

#include <fmt/format.h>

#include "coap_core/option_registry.h"
#include "coap_core/receive_rules.h"
#include "firmware/base/duration_text.h"
#include "firmware/base/overloaded.h"

namespace vmodem::simulation {
namespace {

constexpr Duration kExchangeLifetime = 247s;  // RFC 7252 §4.8.2
constexpr std::uint8_t kCoapMin = 0x40;  // RFC 7252 §3: version 1; DTLS records begin with 20 to 23
constexpr Duration kRounding = 1us;

unsigned number(firmware::TransportId id) {
  return static_cast<unsigned>(id);
}

bool ends_exchange(const coap::MessageView& message) {
  const auto handling = coap::receive_rule(message.type, message.code).handling;
  return handling == coap::Handling::kAcknowledgement || handling == coap::Handling::kReset ||
         handling == coap::Handling::kPiggybackedResponse;
}

bool registers(const coap::MessageView& request) {
  for (const auto& option : request.options) {
    if (option.number == coap::kObserve) return coap::decode_uint(option.value) == 0;
  }
  return false;
}

// A separate response ends the exchange of its request (RFC 7252 §5.2.2), a notification that of
// its registration (RFC 7641 §3.2).
bool answers(const coap::MessageView& response, const coap::MessageView& request) {
  if (!coap::is_response(response.code) || response.token != request.token) return false;
  return !coap::is_notification(response) || registers(request);
}

bool is_coap(const Bytes& datagram) {
  return !datagram.empty() && datagram[0] >= kCoapMin;
}

}  // namespace

void TransmissionBounds::add(int timeout_s, int retry_count) {
  const Duration timeout = std::chrono::seconds(timeout_s);
  timeout_min = std::min(timeout_min, timeout);
  timeout_max = std::max(timeout_max, timeout);
  retry_count_max = std::max(retry_count_max, retry_count);
}

NetworkChecks::NetworkChecks(const Scene& scene, Findings& findings)
    : scene_(scene), findings_(findings) {
}

void NetworkChecks::handle(Instant now, const testbed::Passage& passage,
                           const TransmissionBounds& bounds) {
  std::visit(Overloaded{[&](const firmware::Action& action) { handle_action(now, action, bounds); },
                        [&](const firmware::NetworkEvent& news) { handle_news(news); }},
             passage);
}

void NetworkChecks::handle_action(Instant now, const firmware::Action& action,
                                  const TransmissionBounds& bounds) {
  std::visit(Overloaded{[&](const firmware::OpenTransport& a) { open(a); },
                        [&](const firmware::CloseTransport& a) { close(a); },
                        [&](const firmware::SendDatagram& a) { send(now, a, bounds); },
                        [](const auto&) {}},
             action);
}

void NetworkChecks::handle_news(const firmware::NetworkEvent& news) {
  std::visit(Overloaded{[&](const firmware::Opened& e) {
                          const auto transport = transports_.find(e.transport);
                          if (transport != transports_.end())
                            transport->second.stage = Stage::kOpen;
                        },
                        [&](const firmware::DatagramReceived& e) {
                          const auto transport = transports_.find(e.transport);
                          if (transport != transports_.end())
                            receive(transport->second, e.datagram);
                        },
                        [](const auto&) {}},
             news);
}

void NetworkChecks::open(const firmware::OpenTransport& action) {
  const auto [_, is_new] = transports_.emplace(action.transport, Transport{});
  if (!is_new)
    findings_.add("transport", fmt::format("{} is opened twice", number(action.transport)));
}

void NetworkChecks::close(const firmware::CloseTransport& action) {
  const auto transport = transports_.find(action.transport);
  if (transport == transports_.end()) {
    return findings_.add("transport",
                         fmt::format("{} is closed, but never opened", number(action.transport)));
  }
  if (transport->second.stage == Stage::kClosed) {
    findings_.add("transport", fmt::format("{} is closed twice", number(action.transport)));
  }
  transport->second = Transport{.stage = Stage::kClosed};
}

void NetworkChecks::send(Instant now, const firmware::SendDatagram& action,
                         const TransmissionBounds& bounds) {
  ++datagram_count_;
  const auto transport = transports_.find(action.transport);
  if (transport == transports_.end() || transport->second.stage != Stage::kOpen) {
    return findings_.add(
        "transport", fmt::format("a datagram on {}, which is not open", number(action.transport)));
  }
  if (is_coap(action.datagram)) check_message(now, transport->second, action.datagram, bounds);
}

void NetworkChecks::check_message(Instant now, Transport& transport, const Bytes& datagram,
                                  const TransmissionBounds& bounds) {
  const auto message = coap::decode(datagram);
  if (!message) return findings_.add("message", "the modem sends what does not decode");
  if (message->type == coap::Type::kAcknowledgement || message->type == coap::Type::kReset) return;

  const auto exchange = transport.exchanges.find(message->message_id);
  const bool is_again =
      exchange != transport.exchanges.end() && exchange->second.datagram == datagram;
  if (is_again) return check_retransmission(now, exchange->second, bounds);
  begin_exchange(now, transport, *message, datagram);
}

// What arrives without service, or while the module hangs, is not heard and ends no exchange.
bool NetworkChecks::hears_everything() const {
  return scene_.has_steady_radio && !scene_.traits.moves_radio;
}

void NetworkChecks::begin_exchange(Instant now, Transport& transport,
                                   const coap::MessageView& message, const Bytes& datagram) {
  const auto used = transport.used.find(message.message_id);
  const bool is_used = used != transport.used.end() && now - used->second < kExchangeLifetime;
  if (is_used && !scene_.traits.sets_message_ids && hears_everything()) {
    findings_.add("message ID", fmt::format("{} is used again after {}", message.message_id,
                                            duration_text(now - used->second)));
  }
  transport.used[message.message_id] = now;
  if (message.type != coap::Type::kConfirmable) return;
  transport.exchanges[message.message_id] =
      Exchange{.datagram = datagram, .begun = ++begun_count_, .last = now};
}

// RFC 7252 §4.2: the first interval between ACK_TIMEOUT and ACK_TIMEOUT · ACK_RANDOM_FACTOR, then
// doubled.
void NetworkChecks::check_retransmission(Instant now, Exchange& exchange,
                                         const TransmissionBounds& bounds) {
  const auto interval = now - exchange.last;
  const auto doubled = 2 * exchange.interval;
  const bool is_first = exchange.transmissions == 1;
  const auto min = is_first ? bounds.timeout_min : doubled - kRounding;
  const auto max = is_first ? bounds.timeout_max * 3 / 2 : doubled + kRounding;
  if (hears_everything() && (interval < min || interval > max)) {
    findings_.add("retransmission",
                  fmt::format("number {} after {}, expected {} to {}", exchange.transmissions,
                              duration_text(interval), duration_text(min), duration_text(max)));
  }
  if (exchange.transmissions > bounds.retry_count_max) {
    findings_.add("retransmission",
                  fmt::format("more than {} of one message", bounds.retry_count_max));
  }
  ++exchange.transmissions;
  exchange.interval = interval;
  exchange.last = now;
}

void NetworkChecks::receive(Transport& transport, const Bytes& datagram) {
  if (!is_coap(datagram)) return;
  const auto message = coap::decode(datagram);
  if (!message) return;
  if (ends_exchange(*message)) {
    transport.exchanges.erase(message->message_id);
    return;
  }
  // The oldest of those that it may answer.
  auto answered = transport.exchanges.end();
  for (auto it = transport.exchanges.begin(); it != transport.exchanges.end(); ++it) {
    const auto request = coap::decode(it->second.datagram);
    const bool is_older =
        answered == transport.exchanges.end() || it->second.begun < answered->second.begun;
    if (request && is_older && answers(*message, *request)) answered = it;
  }
  if (answered != transport.exchanges.end()) transport.exchanges.erase(answered);
}

void NetworkChecks::check_all_closed() {
  for (const auto& [id, transport] : transports_) {
    if (transport.stage == Stage::kClosed) continue;
    findings_.add("transport", fmt::format("{} is never closed", number(id)));
  }
}

}  // namespace vmodem::simulation
