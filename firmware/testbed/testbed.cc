#include "firmware/testbed/testbed.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/overloaded.h"

namespace vmodem::testbed {
namespace {

using firmware::Action;
using firmware::PeerKind;
using firmware::Trace;
using firmware::TraceLevel;

bool concerns_network(const Action& action) {
  return std::visit(Overloaded{[](const firmware::OpenTransport&) { return true; },
                               [](const firmware::CloseTransport&) { return true; },
                               [](const firmware::SendDatagram&) { return true; },
                               [](const firmware::Query&) { return true; },
                               [](const firmware::CancelQuery&) { return true; },
                               [](const auto&) { return false; }},
                    action);
}

firmware::ModemConfig reporting(firmware::ModemConfig config, bool is_wanted) {
  config.report_commands = config.report_commands || is_wanted;
  return config;
}

// A URC's line without its framing and its payload.
std::string_view line_of(ByteView urc) {
  constexpr std::string_view kLineEnd = "\r\n";
  auto text = as_text(urc);
  text.remove_prefix(std::min(text.find_first_not_of(kLineEnd), text.size()));
  return text.substr(0, text.find_first_of(kLineEnd));
}

}  // namespace

Testbed::Testbed(const TestbedConfig& config, ufs::Store& files, firmware::NvStore& settings,
                 RandomSource& random)
    : routes_(config.routes),
      reaches_host_(config.reaches_host),
      reports_positions_(config.report_positions),
      watches_network_(config.watches_network),
      network_(config.internet, config.link, random),
      line_(random),
      files_(files),
      scenario_(config.faults),
      modem_(reporting(config.modem,
                       config.report_positions || scenario_.wants(OccurrenceKind::kCommand)),
             files_, settings, random) {
}

// `shown` is its text without what is secret.
void Testbed::note(Occurrence occurrence, std::string_view shown) {
  if (reports_positions_) {
    const auto count = ++counts_[static_cast<std::size_t>(occurrence.kind)];
    auto text = fmt::format("{}#{}", name(occurrence.kind), count);
    if (!shown.empty()) text += fmt::format(" {}", shown);
    remarks_.push_back(Trace{TraceLevel::kDebug, std::move(text)});
  }
  scenario_.handle(now_, occurrence);
}

void Testbed::begin(Instant now) {
  now_ = now;
  scenario_.begin_chain();
  urc_counts_.clear();
}

void Testbed::note_urc(std::string_view line) {
  ++noted_urc_count_;
  is_front_noted_ = true;
  // Faults that happened when this many URCs, or more, were there have not brought it about.
  const auto causes = std::ranges::lower_bound(urc_counts_, noted_urc_count_) - urc_counts_.begin();
  note({OccurrenceKind::kUrc, line, static_cast<std::size_t>(causes)}, line);
}

void Testbed::watch(Passage passage) {
  if (watches_network_ && passages_.size() < kPassagesMax) passages_.push_back(std::move(passage));
}

void Testbed::handle_serial(Instant now, ByteView octets) {
  if (!octets.empty() || now > now_) begin(now);
  perform_due();
  modem_.handle_serial(now, line_.receive(now, octets));
}

void Testbed::handle_serial_written(std::size_t count) {
  line_.handle_written(count);
  pump_serial();
}

void Testbed::drop_serial() {
  modem_.handle_serial_written(modem_.poll_serial().size());
  line_.drop_output();
}

std::optional<FaultId> Testbed::inject(Instant now, Deed deed, std::string text) {
  begin(now);
  const auto id = scenario_.add(now, std::move(deed), std::move(text));
  perform_due();
  return id ? scenario_.end_of(*id) : std::nullopt;
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
                   if (!real_transports_.contains(e.transport)) return false;
                   network_.attach(e.transport);
                   return true;
                 },
                 [&](const firmware::OpenFailed& e) {
                   real_transports_.erase(e.transport);
                   return true;
                 },
                 [&](const firmware::DatagramReceived& e) {
                   if (network_.link().is_ideal(now_)) return true;
                   network_.carry_down(now_, e.transport, e.datagram);
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
    remarks_.push_back(Trace{TraceLevel::kInfo, fmt::format("fault: {}", due->text)});
    urc_counts_.push_back(noted_urc_count_ + modem_.urc_count() - (is_front_noted_ ? 1 : 0));
    Surroundings surroundings{modem_, network_, line_, files_};
    due->deed.verb->run(surroundings, now_, due->deed.arguments);
    is_any = true;
  }
  while (const auto loop = scenario_.poll_loop()) {
    remarks_.push_back(
        Trace{TraceLevel::kWarning,
              fmt::format("fault: {}: it has brought itself about, and does not happen "
                          "again at the same instant",
                          *loop)});
  }
  if (const auto count = scenario_.poll_left_out(); count > 0) {
    remarks_.push_back(Trace{TraceLevel::kWarning,
                             fmt::format("{} faults left out: too many wait for their time", count)});
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
    if (segment->kind == at::SegmentKind::kUrc) {
      note_urc(line_of(segment->octets));
      // A fault may have moved what was borrowed, but what is written stays.
      if (perform_due()) {
        is_changed = true;
        segment = modem_.poll_serial_segment();
        if (!segment) break;
      }
    }
    line_.push(now_, *segment);
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
  std::visit(Overloaded{[&](const firmware::Opened& e) {
                          modem_.handle_transport_opened(now_, e.transport, peer);
                        },
                        [&](const firmware::OpenFailed& e) {
                          modem_.handle_transport_failed(now_, e.transport, e.error, e.why);
                        },
                        [&](const firmware::DatagramReceived& e) {
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
    if (auto remark = poll_remark()) return remark;
    if (auto action = poll_unanswered()) return action;
    if (auto carried = network_.poll_carried()) {
      ++carried_[carried->transport];
      return std::move(*carried);
    }
    deliver_simulated();
    auto action = modem_.poll_action();
    const auto* read = action ? std::get_if<firmware::CommandRead>(&*action) : nullptr;
    if (read != nullptr) note({OccurrenceKind::kCommand, read->line}, read->masked);
    const bool is_performed = perform_due();
    const bool is_changed = pump_serial() || is_performed;
    if (!action && !is_changed && !scenario_.is_due(now_) && !take_typed()) return std::nullopt;
    if (!action) continue;
    if (auto real = perform(std::move(*action))) return real;
  }
}

std::optional<Action> Testbed::poll_remark() {
  if (auto remark = remarks_.take_front()) return std::move(*remark);
  if (auto trace = network_.poll_trace()) return std::move(*trace);
  if (auto event = line_.poll_event()) {
    return Trace{TraceLevel::kInfo, "serial line: " + event->text};
  }
  return std::nullopt;
}

std::optional<Action> Testbed::perform(Action action) {
  if (watches_network_ && concerns_network(action)) watch(action);
  const bool is_done = std::visit([this](auto& one) { return perform_simulated(one); }, action);
  if (is_done) return std::nullopt;
  return action;
}

std::optional<Instant> Testbed::poll_timeout() const {
  const auto deadline = earliest(modem_.poll_timeout(), network_.poll_timeout());
  return earliest(deadline, earliest(scenario_.poll_timeout(), line_.poll_timeout()));
}

bool Testbed::is_waiting_for_real_peer() const {
  if (!real_queries_.empty()) return true;
  return !real_transports_.empty() && modem_.is_waiting_for_peer();
}

}  // namespace vmodem::testbed
