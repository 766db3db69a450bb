#include "firmware/modem.h"

#include <utility>

#include "firmware/modem_state.h"

namespace vmodem::firmware {

Modem::Modem(const ModemConfig& config, ufs::Store& files, NvStore& settings, RandomSource& random,
             journal::Journal* journal)
    : state_(std::make_unique<State>(config, files, settings, random, journal)) {
}
Modem::~Modem() = default;
Modem::Modem(Modem&&) noexcept = default;
Modem& Modem::operator=(Modem&&) noexcept = default;

std::size_t Modem::serial_room() const {
  return state_->engine.serial_room();
}

void Modem::handle_serial(Instant now, ByteView octets) {
  state_->begin(now);
  // A module that is off or hangs hears nothing.
  if (!state_->power.takes_input()) return;
  state_->adopt_rate();
  if (state_->is_asleep()) return state_->lose_input(octets.size());
  if (state_->journal.is_read()) {
    state_->intake.receive(now, octets.size(), state_->engine.is_command_pending());
  }
  state_->engine.receive(octets);
  state_->run_input();
}

void Modem::handle_transport_opened(Instant now, TransportId transport, PeerKind peer) {
  state_->begin(now);
  if (auto* client = state_->clients.find(transport)) client->handle_transport_opened(now, peer);
  state_->collect_events();
}

void Modem::handle_transport_failed(Instant now, TransportId transport, TransportError error,
                                    std::string_view why) {
  state_->begin(now);
  if (auto* client = state_->clients.find(transport)) {
    client->handle_transport_failed(now, error, why);
  }
  state_->collect_events();
}

void Modem::handle_datagram(Instant now, TransportId transport, ByteView datagram) {
  state_->begin(now);
  if (!state_->takes_news()) return;
  state_->radio.note_traffic(now);
  if (auto* client = state_->clients.find(transport)) client->handle_datagram(now, datagram);
  state_->collect_events();
}

void Modem::handle_datagram_sent(Instant now, TransportId transport, bool handed_over) {
  state_->begin(now);
  if (auto* client = state_->clients.find(transport)) client->handle_datagram_sent(now, handed_over);
  state_->collect_events();
}

void Modem::change_network(Instant now, const NetworkChange& change) {
  state_->begin(now);
  state_->radio.change_network(now, change);
  state_->collect_events();
}

void Modem::insert_sim(Instant now) {
  state_->begin(now);
  state_->sim.insert(now);
  state_->collect_events();
}

void Modem::remove_sim(Instant now) {
  state_->begin(now);
  state_->sim.remove();
  state_->collect_events();
}

void Modem::set_sim_trouble(Instant now, std::optional<Sim::Trouble> trouble) {
  state_->begin(now);
  state_->sim.set_trouble(trouble);
}

void Modem::set_memory_full(Instant now, bool is_full) {
  state_->begin(now);
  state_->is_memory_full = is_full;
}

void Modem::handle_answer(Instant now, QueryId query, const Answer& answer) {
  state_->begin(now);
  if (!state_->takes_news()) return;
  state_->radio.note_traffic(now);
  state_->internet.handle_answer(now, query, answer, state_->clock.face(now).zone);
  state_->collect_events();
}

void Modem::drop_pdp_context(Instant now, int context) {
  state_->begin(now);
  state_->pdp.drop(context);
  state_->collect_events();
}

void Modem::refuse_pdp_contexts(Instant now, bool is_refused) {
  state_->begin(now);
  state_->pdp.set_refused(is_refused);
}

void Modem::delay_pdp_contexts(Instant now, Duration activation_time) {
  state_->begin(now);
  state_->pdp.set_activation_time(activation_time);
}

void Modem::cut_power(Instant now) {
  state_->begin(now);
  state_->power.cut();
  state_->collect_events();
}

void Modem::press_power_key(Instant now) {
  state_->begin(now);
  // AT95 §11.2: the calendar is kept until power is cut.
  if (state_->power.is_without_supply()) state_->clock.reset(now);
  state_->power.power_on(now);
}

void Modem::reset(Instant now) {
  state_->begin(now);
  state_->power.pull_reset_pin(now);
  state_->collect_events();
}

void Modem::hang(Instant now) {
  state_->begin(now);
  state_->power.hang();
  if (state_->power.is_hanging()) state_->engine.hold_urcs();
}

void Modem::resume(Instant now) {
  state_->begin(now);
  if (!state_->power.is_hanging()) return;
  state_->power.resume();
  state_->engine.release_urcs(now);
  state_->collect_events();
}

bool Modem::post_urc(Instant now, at::Urc urc) {
  state_->now = now;
  if (!state_->power.takes_input()) return false;
  state_->ring_before_urc();
  state_->engine.post(now, std::move(urc));
  state_->collect_events();
  return true;
}

at::OverrideTable& Modem::overrides() {
  return state_->engine.overrides();
}

void Modem::report_commands() {
  state_->config.report_commands = true;
  state_->engine.pause_before_lines();
}

bool Modem::is_at_rest() const {
  return state_->engine.is_at_rest();
}

void Modem::handle_timeout(Instant now) {
  state_->begin(now);
  if (state_->power.is_hanging()) return;
  state_->power.handle_timeout(now);
  state_->collect_events();
  state_->sim.handle_timeout(now);
  state_->radio.handle_timeout(now);
  state_->pdp.handle_timeout(now);
  state_->pdp_command.handle_timeout(now);
  state_->internet.handle_timeout(now);
  state_->collect_events();
  state_->clients.handle_timeout(now);
  state_->collect_events();
  state_->engine.handle_timeout(now);
  state_->ring.handle_timeout(now);
  state_->collect_events();
}

std::optional<Action> Modem::poll_action() {
  auto& actions = state_->actions;
  if (actions.empty()) state_->run_input();
  return actions.take_front();
}

ByteView Modem::poll_serial() const {
  return state_->engine.poll_serial();
}

std::size_t Modem::urc_count() const {
  return state_->engine.urc_count();
}

std::optional<at::SerialSegment> Modem::poll_serial_segment() const {
  return state_->engine.poll_serial_segment();
}

void Modem::handle_serial_written(std::size_t count) {
  if (state_->journal.is_read()) {
    const auto segment = state_->engine.poll_serial_segment();
    if (segment && segment->kind == at::SegmentKind::kFinalResult) state_->intake.note_result();
  }
  state_->engine.handle_serial_written(count);
  state_->adopt_rate();
}

std::optional<Instant> Modem::poll_timeout() const {
  if (state_->power.is_hanging()) return std::nullopt;
  auto deadline = earliest(state_->engine.poll_timeout(), state_->radio.poll_timeout());
  deadline = earliest(deadline, state_->power.poll_timeout());
  deadline = earliest(deadline, state_->sim.poll_timeout());
  deadline = earliest(deadline, state_->pdp.poll_timeout());
  deadline = earliest(deadline, state_->pdp_command.poll_timeout());
  deadline = earliest(deadline, state_->internet.poll_timeout());
  deadline = earliest(deadline, state_->ring.poll_timeout());
  return earliest(deadline, state_->clients.poll_timeout());
}

bool Modem::is_waiting_for_host() const {
  return !state_->power.is_hanging() && state_->engine.is_waiting_for_host();
}

bool Modem::is_waiting_for_peer() const {
  if (state_->power.is_hanging()) return false;
  return state_->internet.is_waiting_for_peer() || state_->clients.is_waiting_for_peer();
}

}  // namespace vmodem::firmware
