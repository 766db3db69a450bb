#include "firmware/testbed/testbed.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/base/overloaded.h"

namespace vmodem::testbed {
namespace {

using firmware::Action;
using firmware::PeerKind;
using firmware::Trace;
using firmware::TraceLevel;

struct Target {
  std::string_view host;
  std::uint16_t port = 0;  // 0: any, which only a route for the host alone matches
};

Target target_of(const firmware::Query& query) {
  return std::visit(
      Overloaded{[](const firmware::ResolveName& q) { return Target{q.host}; },
                 [](const firmware::PingHost& q) { return Target{q.host}; },
                 [](const firmware::AskTime& q) {
                   return Target{q.server, q.port};
                 }},
      query.question);
}

}  // namespace

Testbed::Testbed(const TestbedConfig& config, ufs::Store& files, firmware::NvStore& settings,
                 RandomSource& random)
    : routes_(config.routes),
      reaches_host_(config.reaches_host),
      network_(config.internet, config.link, random),
      modem_(config.modem, files, settings, random) {
}

bool Testbed::is_simulated(std::string_view host, std::uint16_t port) const {
  if (routes_.find(host, port)) return false;
  if (network_.has_host(host)) return true;
  if (reaches_host_) return false;
  const auto address = net::parse_ip_address(host);
  return address && !address->is_loopback();
}

void Testbed::handle_serial(Instant now, ByteView octets) {
  now_ = now;
  modem_.handle_serial(now, octets);
}

void Testbed::handle_network(Instant now, const firmware::NetworkEvent& event) {
  now_ = now;
  if (const auto* answered = std::get_if<firmware::Answered>(&event)) {
    real_queries_.erase(answered->query);
  }
  if (const auto* failed = std::get_if<firmware::OpenFailed>(&event)) {
    real_transports_.erase(failed->transport);
  }
  deliver(event, PeerKind::kReal);
}

// The network first: what has arrived is heard before its message is given up.
void Testbed::handle_timeout(Instant now) {
  now_ = now;
  network_.handle_timeout(now);
  deliver_simulated();
  modem_.handle_timeout(now);
}

void Testbed::deliver_simulated() {
  while (const auto event = network_.poll_event()) deliver(*event, PeerKind::kSimulated);
}

void Testbed::deliver(const firmware::NetworkEvent& event, PeerKind peer) {
  std::visit(Overloaded{[&](const firmware::Opened& e) {
                          modem_.handle_transport_opened(now_, e.transport, peer);
                        },
                        [&](const firmware::OpenFailed& e) {
                          modem_.handle_transport_failed(now_, e.transport, e.error, e.why);
                        },
                        [&](const firmware::DatagramReceived& e) {
                          modem_.handle_datagram(now_, e.transport, e.datagram);
                        },
                        [&](const firmware::DatagramSent& e) {
                          modem_.handle_datagram_sent(now_, e.transport, e.handed_over);
                        },
                        [&](const firmware::Answered& e) {
                          modem_.handle_answer(now_, e.query, e.answer);
                        }},
             event);
}

std::optional<Action> Testbed::poll_action() {
  while (true) {
    if (auto remark = std::exchange(remark_, std::nullopt)) return std::move(*remark);
    if (auto trace = network_.poll_trace()) return std::move(*trace);
    deliver_simulated();
    auto action = modem_.poll_action();
    if (!action) return std::nullopt;
    if (auto real = perform(std::move(*action))) return real;
  }
}

std::optional<Action> Testbed::perform(Action action) {
  const bool is_done = std::visit([this](auto& one) { return perform_simulated(one); }, action);
  if (is_done) return std::nullopt;
  return action;
}

bool Testbed::perform_simulated(firmware::OpenTransport& action) {
  const auto& [id, host, port] = action;
  if (!is_simulated(host, port)) {
    real_transports_.insert(id);
    return false;
  }
  if (!network_.may_have_server(host, port)) {
    remark_ = Trace{TraceLevel::kWarning,
                    fmt::format("nobody is at {} port {}: not simulated, no --route leads there, "
                                "and without --network host the real network is out of reach",
                                host, port)};
  }
  network_.open(now_, action);
  return true;
}

bool Testbed::perform_simulated(firmware::SendDatagram& action) {
  if (!network_.has_transport(action.transport)) return false;
  network_.send(now_, std::move(action));
  return true;
}

bool Testbed::perform_simulated(firmware::CloseTransport& action) {
  if (real_transports_.erase(action.transport) > 0) return false;
  network_.close(action);
  return true;
}

bool Testbed::perform_simulated(firmware::Query& action) {
  const auto [host, port] = target_of(action);
  if (!is_simulated(host, port)) {
    real_queries_.insert(action.id);
    return false;
  }
  network_.ask(now_, action);
  return true;
}

bool Testbed::perform_simulated(firmware::CancelQuery& action) {
  if (real_queries_.erase(action.id) > 0) return false;
  network_.cancel(action);
  return true;
}

std::optional<Instant> Testbed::poll_timeout() const {
  return earliest(modem_.poll_timeout(), network_.poll_timeout());
}

bool Testbed::is_waiting_for_real_peer() const {
  if (!real_queries_.empty()) return true;
  return !real_transports_.empty() && modem_.is_waiting_for_peer();
}

}  // namespace vmodem::testbed
