// Who does what the modem asks for: the simulated internet, or the real network.
#include <algorithm>
#include <utility>

#include "firmware/testbed/testbed.h"

namespace vmodem::testbed {

using firmware::Action;

bool Testbed::is_simulated(std::string_view host, std::uint16_t port) {
  if (routes_.find(host, port)) return false;
  if (network_.has_host(host)) return true;
  if (reaches_host_) return false;
  const auto address = net::parse_ip_address(host);
  return address && !address->is_loopback();
}

std::optional<sim::NameOutcome> Testbed::fault_of_route(std::string_view host,
                                                        std::uint16_t port) const {
  if (net::parse_ip_address(host) || !routes_.find(host, port)) return std::nullopt;
  const auto outcome = network_.name_fault(host);
  if (outcome == sim::NameOutcome::kResolves) return std::nullopt;
  return outcome;
}

// What goes out as soon as somebody answers, as a name is asked for again and again.
std::optional<Action> Testbed::poll_unanswered() {
  const auto is_answered = [this](const Action& action) {
    const auto* open = std::get_if<firmware::OpenTransport>(&action);
    const auto target = open != nullptr ? firmware::QueryTarget{open->host, open->port}
                                        : target_of(std::get<firmware::Query>(action));
    return fault_of_route(target.host, target.port) != sim::NameOutcome::kSilence;
  };
  for (auto found = std::ranges::find_if(unanswered_, is_answered); found != unanswered_.end();
       found = std::ranges::find_if(unanswered_, is_answered)) {
    auto action = std::move(*found);
    unanswered_.erase(found);
    const bool is_done = std::visit([this](auto& one) { return perform_simulated(one); }, action);
    if (!is_done) return action;
  }
  return std::nullopt;
}

bool Testbed::perform_simulated(firmware::OpenTransport& action) {
  const auto id = action.transport;
  const auto& host = action.host;
  const auto port = action.port;
  note_open(action);
  if (network_.is_unreachable()) {
    network_.open(now_, action);
    return true;
  }
  const auto fault = fault_of_route(host, port);
  if (fault == sim::NameOutcome::kSilence) {
    unanswered_.emplace_back(action);
    return true;
  }
  if (!fault && !is_simulated(host, port)) {
    real_transports_.emplace(id, net::Endpoint{});
    return false;
  }
  if (!fault && !network_.may_have_server(host, port)) {
    journal_.emit_because<journal::NetworkSilent>(
        action.cause, [&] { return journal::NetworkSilent{host, port}; });
  }
  network_.open(now_, action);
  return true;
}

bool Testbed::perform_simulated(firmware::SendDatagram& action) {
  const auto entry = note_datagram(action);
  const journal::Because because(journal_, entry);
  if (entry != 0) action.cause = entry;
  // At most: which of them had the module send it is not known.
  note({OccurrenceKind::kUplink, {}, urc_counts_.size()});
  perform_due();
  if (!real_transports_.contains(action.transport)) {
    network_.send(now_, std::move(action));
    return true;
  }
  if (network_.link().is_ideal(now_)) return false;

  // The radio has it; what becomes of it is the link's.
  modem_.handle_datagram_sent(now_, action.transport, true);
  network_.carry_up(now_, std::move(action));
  return true;
}

bool Testbed::perform_simulated(firmware::CloseTransport& action) {
  std::erase_if(unanswered_, [&](const Action& one) {
    const auto* open = std::get_if<firmware::OpenTransport>(&one);
    return open != nullptr && open->transport == action.transport;
  });
  network_.close(action);
  asked_opens_.erase(action.transport);
  carried_.erase(action.transport);
  return real_transports_.erase(action.transport) == 0;
}

bool Testbed::perform_simulated(firmware::Query& action) {
  note_question(action);
  const auto [host, port] = target_of(action);
  const auto fault = fault_of_route(host, port);
  if (fault == sim::NameOutcome::kSilence) {
    unanswered_.emplace_back(action);
    return true;
  }
  if (!fault && !is_simulated(host, port)) {
    real_queries_.insert(action.id);
    return false;
  }
  network_.ask(now_, action);
  return true;
}

bool Testbed::perform_simulated(firmware::CancelQuery& action) {
  asked_queries_.erase(action.id);
  if (real_queries_.erase(action.id) > 0) return false;
  std::erase_if(unanswered_, [&](const Action& one) {
    const auto* query = std::get_if<firmware::Query>(&one);
    return query != nullptr && query->id == action.id;
  });
  network_.cancel(action);
  return true;
}

}  // namespace vmodem::testbed
