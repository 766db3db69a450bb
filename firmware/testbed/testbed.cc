#include "firmware/testbed/testbed.h"

#include <algorithm>
#include <utility>

#include "firmware/base/overloaded.h"

namespace vmodem::testbed {
namespace {

using firmware::Action;
using firmware::PeerKind;

bool concerns_network(const Action& action) {
  return std::visit(Overloaded{[](const firmware::OpenTransport&) { return true; },
                               [](const firmware::CloseTransport&) { return true; },
                               [](const firmware::SendDatagram&) { return true; },
                               [](const firmware::Query&) { return true; },
                               [](const firmware::CancelQuery&) { return true; },
                               [](const auto&) { return false; }},
                    action);
}

firmware::ModemConfig reporting(firmware::ModemConfig config, const journal::Journal& journal,
                                const Scenario& scenario) {
  config.report_commands = config.report_commands || scenario.wants(OccurrenceKind::kCommand);
  config.export_keys = journal.wants<journal::DtlsKeys>();
  return config;
}

}  // namespace

Testbed::Testbed(const TestbedConfig& config, ufs::Store& files, firmware::NvStore& settings,
                 RandomSource& random)
    : routes_(config.routes),
      reaches_host_(config.reaches_host),
      watches_network_(config.watches_network),
      journal_(config.journal),
      network_(config.internet, config.link, random, journal_),
      line_(random),
      files_(files, journal_),
      scenario_(config.faults),
      modem_(reporting(config.modem, journal_, scenario_), files_, settings, random, &journal_) {
}

void Testbed::note(Occurrence occurrence) {
  occurrence.entry = journal_.cause();
  scenario_.handle(now_, occurrence);
}

void Testbed::begin(Instant now) {
  now_ = now;
  journal_.set_time(now);
  scenario_.begin_chain();
  urc_counts_.clear();
}

void Testbed::watch(Passage passage) {
  if (watches_network_ && passages_.size() < kPassagesMax) passages_.push_back(std::move(passage));
}

void Testbed::handle_serial(Instant now, ByteView octets) {
  if (!octets.empty() || now > now_) begin(now);
  perform_due();
  if (host_.rate) set_rates();
  modem_.handle_serial(now, line_.receive(now, octets));
}

void Testbed::handle_circuits(Instant now, const firmware::HostCircuits& circuits) {
  if (now > now_) begin(now);
  perform_due();
  host_ = circuits;
  if (!host_.rate) line_.set_rates({});
  modem_.handle_circuits(now, circuits);
}

void Testbed::handle_break(Instant now) {
  if (now > now_) begin(now);
  perform_due();
  modem_.handle_break(now);
}

void Testbed::set_rates() {
  line_.set_rates({.host = *host_.rate, .module = modem_.circuits().rate});
}

ByteView Testbed::poll_serial() {
  if (modem_.is_output_held()) return {};
  return line_.poll(now_);
}

void Testbed::handle_serial_written(std::size_t count) {
  line_.handle_written(count);
  pump_serial();
}

void Testbed::drop_serial() {
  modem_.handle_serial_written(modem_.poll_serial().size());
  line_.drop_output();
}

Testbed::Injected Testbed::inject(Instant now, Deed deed, std::string text) {
  begin(now);
  const auto id = scenario_.add(now, std::move(deed), std::move(text));
  injected_ = 0;
  perform_due();
  if (!id) return {};
  return {injected_, scenario_.end_of(*id)};
}

void Testbed::handle_network(Instant now, const firmware::NetworkEvent& event) {
  if (std::holds_alternative<firmware::DatagramReceived>(event) || now > now_) begin(now);
  perform_due();
  if (keep_real(event)) deliver(event, PeerKind::kReal, urc_counts_.size());
}

// False where the modem is not to hear of it, or not yet.
bool Testbed::keep_real(const firmware::NetworkEvent& event) {
  return std::visit(
      Overloaded{[&](const firmware::Answered& e) { return real_queries_.erase(e.query) > 0; },
                 [&](const firmware::Opened& e) {
                   const auto real = real_transports_.find(e.transport);
                   if (real == real_transports_.end()) return false;
                   real->second = net::parse_endpoint(e.address).value_or(net::Endpoint{});
                   network_.attach(e.transport);
                   return true;
                 },
                 [&](const firmware::OpenFailed& e) {
                   real_transports_.erase(e.transport);
                   return true;
                 },
                 [&](const firmware::DatagramReceived& e) {
                   if (network_.link().is_ideal(now_)) return true;
                   network_.carry_down(now_, e.transport, e.datagram, e.cause);
                   return false;
                 },
                 [&](const firmware::DatagramSent& e) {
                   const auto carried = carried_.find(e.transport);
                   if (carried == carried_.end()) return true;
                   if (--carried->second == 0) carried_.erase(carried);
                   return false;
                 }},
      event);
}

// The network first: what has arrived is heard before its message is given up.
void Testbed::handle_timeout(Instant now) {
  if (now > now_) begin(now);
  perform_due();
  network_.handle_timeout(now);
  deliver_simulated();
  modem_.handle_timeout(now);
}

bool Testbed::perform_due() {
  bool is_any = false;
  while (auto due = scenario_.poll_due(now_)) {
    const auto entry = journal_.emit_because<journal::FaultPerformed>(due->cause, [&] {
      return journal::FaultPerformed{std::string(due->deed.verb->name), due->text, due->by};
    });
    const journal::Because because(journal_, entry);
    if (due->by == Scenario::kByControl) injected_ = entry;
    urc_counts_.push_back(noted_urc_count_ + modem_.urc_count() - (is_front_noted_ ? 1 : 0));
    Surroundings surroundings{modem_, network_, line_, files_};
    due->deed.verb->run(surroundings, now_, due->deed.arguments);
    is_any = true;
  }
  while (auto loop = scenario_.poll_loop()) {
    journal_.emit<journal::FaultLooped>([&] { return journal::FaultLooped{std::move(*loop)}; });
  }
  if (const auto count = scenario_.poll_left_out(); count > 0) {
    journal_.emit<journal::FaultsLeftOut>([&] { return journal::FaultsLeftOut{count}; });
  }
  if (is_any) network_.handle_timeout(now_);
  return is_any;
}

// The module's output goes to the line segment by segment; a URC is an occurrence before it is
// there.
bool Testbed::pump_serial() {
  bool is_changed = false;
  while (line_.has_room()) {
    auto segment = modem_.poll_serial_segment();
    if (!segment) break;
    note_segment(*segment);
    if (segment->kind == at::SegmentKind::kUrc) {
      note_urc(*segment);
      // A fault may have moved what was borrowed, but what is written stays.
      if (perform_due()) {
        is_changed = true;
        segment = modem_.poll_serial_segment();
        if (!segment) break;
      }
    }
    if (host_.rate) set_rates();
    line_.push(now_, *segment);
    if (line_.has_event()) note_line_faults();
    modem_.handle_serial_written(segment->octets.size());
    is_front_noted_ = false;
  }
  return is_changed;
}

bool Testbed::take_typed() {
  if (typed_.empty() || !modem_.is_at_rest()) return false;
  const auto octets = typed_.take_front();
  modem_.handle_serial(now_, line_.receive(now_, *octets));
  return true;
}

// What has arrived before a fault is not brought about by it.
void Testbed::deliver_simulated() {
  while (true) {
    while (auto event = network_.poll_event()) {
      arrivals_.push_back({std::move(*event), urc_counts_.size()});
    }
    const auto arrival = arrivals_.take_front();
    if (!arrival) return;
    deliver(arrival->event, PeerKind::kSimulated, arrival->cause_count);
  }
}

void Testbed::deliver(const firmware::NetworkEvent& event, PeerKind peer, std::size_t cause_count) {
  if (watches_network_) watch(event);
  const journal::Because because(journal_, journal_.is_read() ? asked_by(event) : 0);
  std::visit(Overloaded{[&](const firmware::Opened& e) {
                          modem_.handle_transport_opened(now_, e.transport, peer);
                        },
                        [&](const firmware::OpenFailed& e) {
                          modem_.handle_transport_failed(now_, e.transport, e.error, e.why);
                        },
                        [&](const firmware::DatagramReceived& e) {
                          const journal::Because arrived(journal_, note_datagram(e, peer));
                          note({OccurrenceKind::kDownlink, {}, cause_count});
                          perform_due();
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
    if (line_.has_event()) note_line_faults();
    if (auto action = poll_unanswered()) return action;
    if (auto carried = network_.poll_carried()) {
      ++carried_[carried->transport];
      return std::move(*carried);
    }
    deliver_simulated();
    auto action = modem_.poll_action();
    const auto* read = action ? std::get_if<firmware::CommandRead>(&*action) : nullptr;
    if (read != nullptr) {
      const journal::Because because(journal_, read->cause);
      note({OccurrenceKind::kCommand, read->line});
    }
    const bool is_performed = perform_due();
    const bool is_changed = pump_serial() || is_performed;
    if (!action && !is_changed && !scenario_.is_due(now_) && !take_typed()) return std::nullopt;
    if (!action || std::holds_alternative<firmware::LineEnded>(*action)) continue;
    if (auto real = perform(std::move(*action))) return real;
  }
}

std::optional<Action> Testbed::perform(Action action) {
  if (watches_network_ && concerns_network(action)) watch(action);
  const bool is_done = std::visit([this](auto& one) { return perform_simulated(one); }, action);
  if (is_done) return std::nullopt;
  return action;
}

std::optional<Instant> Testbed::poll_timeout() const {
  const auto deadline = earliest(modem_.poll_timeout(), network_.poll_timeout());
  const auto line = modem_.is_output_held() ? std::nullopt : line_.poll_timeout();
  return earliest(deadline, earliest(scenario_.poll_timeout(), line));
}

bool Testbed::is_waiting_for_real_peer() const {
  if (!real_queries_.empty()) return true;
  return !real_transports_.empty() && modem_.is_waiting_for_peer();
}

}  // namespace vmodem::testbed
