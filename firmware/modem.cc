#include "firmware/modem.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "at_engine/engine.h"
#include "firmware/base/overloaded.h"
#include "firmware/base/queue.h"
#include "firmware/commands/commands.h"
#include "firmware/commands/pdp_activation.h"
#include "firmware/model.h"
#include "firmware/commands/profile.h"
#include "firmware/services.h"
#include "firmware/trace_text.h"

namespace vmodem::firmware {
namespace {

template <std::size_t... kIndex>
std::array<CoapClient, kClientCount> make_clients(const Dialect& dialect, RandomSource& random,
                                                  std::index_sequence<kIndex...>) {
  return {CoapClient(ClientId{kIndex}, dialect, random)...};
}

Technologies technologies_of(const Identity& identity) {
  const auto* model = find_model(identity.model);
  return model != nullptr ? model->technologies : Technologies{};
}

}  // namespace

struct Modem::State {
  State(const ModemConfig& modem_config, ufs::Store& store, NvStore& nv,
        RandomSource& random)
      : config(modem_config),
        saved(nv),
        radio(config.network, technologies_of(config.identity), registers.reports, saved),
        clock(config.clock, saved),
        files(store, config.ufs),
        clients(make_clients(config.dialect, random, std::make_index_sequence<kClientCount>{})),
        engine(command_table(config.features), services,
               {.hold_urcs_while_typing = config.dialect.hold_urcs_while_typing}),
        services{.config = config,
                 .line = engine.settings(),
                 .registers = registers,
                 .terminal = terminal,
                 .sim = sim,
                 .tags = tags,
                 .coap = clients,
                 .pdp = pdp,
                 .pdp_command = pdp_command,
                 .internet = internet,
                 .clock = clock,
                 .power = power,
                 .radio = radio,
                 .packet_events = packet_events,
                 .slow_clock = slow_clock,
                 .ssl = ssl,
                 .saved = saved,
                 .files = files,
                 .last_transport = last_transport} {
    load_profile_at_power_up(services);
    if (config.power.cold_start) {
      sim.reset();
      return;
    }
    // qcoap.md §12: the module has booted before, and the line is silent.
    radio.set_sim_ready(Instant{}, sim.is_ready());
    radio.switch_on(Instant{});
    while (radio.poll_event()) continue;
    if (radio.is_registered()) clock.handle_registered(Instant{});
    while (clock.poll_event()) continue;
  }

  // Runs command lines until one has asked something of the world, or no input is left.
  void run_input() {
    while (actions.empty() && engine.step(now)) {
      if (config.trace_commands) trace_line();
      collect_events();
    }
  }
  void trace_line() {
    actions.push_back(Trace{TraceLevel::kDebug, fmt::format("ran AT{}", engine.line())});
  }
  void collect_events();
  void collect_power_events();
  void forget_volatile();
  void collect_radio_events();
  void collect_pdp_events();
  void collect_internet_events();
  void end_packet_service(const Detached& detached);
  void act_for(CoapClient& client, Action action);
  void ask(Action action);
  [[nodiscard]] CoapClient* find_client(TransportId transport);

  ModemConfig config;
  Registers registers;
  TerminalSettings terminal;
  PdpContexts pdp{config.pdp};
  PdpCommand pdp_command;
  Internet internet{config.pdp};
  Power power{config.power};
  SslContexts ssl;
  SavedSettings saved;
  Radio radio;
  ModuleClock clock;
  PacketEvents packet_events{registers.packet_events};
  SlowClock slow_clock;
  Sim sim{config.sim, config.identity.iccid, saved};
  TagSettings tags{saved};
  ufs::FileSystem files;
  std::uint32_t last_transport = 0;
  std::array<CoapClient, kClientCount> clients;
  at::Engine engine;
  at::Services services;
  Queue<Action> actions;
  Instant now{};  // of the latest news, for input that waited until the actions were performed
};

void Modem::State::collect_power_events() {
  while (auto event = power.poll_event()) {
    std::visit(Overloaded{[this](PowerLine& line) { engine.post(now, {std::move(line.text), {}}); },
                          [this](const SwitchedOff&) { forget_volatile(); },
                          [this](const Started&) {
                            sim.power_on(now);
                            radio.set_sim_ready(now, sim.is_ready());
                            radio.switch_on(now);
                          }},
               *event);
  }
}

// quectel-at.md §11: what a power-off leaves is in the stores.
void Modem::State::forget_volatile() {
  for (auto& client : clients) {
    if (client.transport()) actions.emplace_back(CloseTransport{*client.transport()});
    client.reset();
  }
  pdp.reset();
  pdp_command.reset();
  internet.reset();
  ssl = SslContexts{};
  files.close_all();
  saved.reload();
  sim.reset();
  tags.reset();
  radio.reset();
  packet_events.reset();
  slow_clock.reset();
  load_profile_at_power_up(services);
  engine.reset();
}

void Modem::State::collect_events() {
  collect_power_events();
  radio.set_sim_ready(now, sim.is_ready());
  while (auto urc = sim.poll_event()) engine.post(now, std::move(*urc));
  collect_radio_events();
  collect_pdp_events();
  collect_internet_events();
  for (auto& client : clients) {
    while (auto event = client.poll_event()) {
      std::visit(Overloaded{[&](Action& action) { act_for(client, std::move(action)); },
                            [this](at::Urc& urc) { engine.post(now, std::move(urc)); }},
                 *event);
    }
  }
  collect_radio_events();
  if (const auto response = pdp_command.poll_response()) {
    engine.complete(now, *response);
    collect_events();
  }
}

void Modem::State::collect_pdp_events() {
  while (auto event = pdp.poll_event()) {
    std::visit(Overloaded{[this](at::Urc& urc) { engine.post(now, std::move(urc)); },
                          [this](const auto& news) { tell_users(services, now, news); }},
               *event);
  }
  while (auto urc = packet_events.poll_event()) engine.post(now, std::move(*urc));
}

void Modem::State::collect_internet_events() {
  while (auto event = internet.poll_event()) {
    std::visit(Overloaded{[this](Action& action) { ask(std::move(action)); },
                          [this](at::Urc& urc) { engine.post(now, std::move(urc)); },
                          [this](const TimeTaken& time) { clock.set_utc(now, time.utc); }},
               *event);
  }
}

void Modem::State::ask(Action action) {
  const bool is_question = std::holds_alternative<Query>(action);
  // Nothing leaves a module without service; the question times out.
  if (is_question && !radio.is_registered()) return;
  if (is_question) radio.note_traffic(now);
  actions.push_back(std::move(action));
}

void Modem::State::collect_radio_events() {
  while (auto event = radio.poll_event()) {
    std::visit(Overloaded{[this](at::Urc& urc) { engine.post(now, std::move(urc)); },
                          [this](const RegistrationChanged& change) {
                            actions.emplace_back(
                                Trace{TraceLevel::kInfo, describe(change, radio.serving())});
                            if (is_registered(change.registration)) clock.handle_registered(now);
                          },
                          [this](const SignalChanged&) {
                            actions.emplace_back(
                                Trace{TraceLevel::kDebug, describe(radio.signal())});
                          },
                          [this](const Detached& detached) { end_packet_service(detached); }},
               *event);
  }
  while (auto urc = clock.poll_event()) engine.post(now, std::move(*urc));
  while (auto urc = packet_events.poll_event()) engine.post(now, std::move(*urc));
}

void Modem::State::end_packet_service(const Detached& detached) {
  packet_events.report(detached.by_network ? "NW DETACH" : "ME DETACH");
  pdp.detach(detached.by_network);
  for (auto& client : clients) client.end_session(now, "the packet service is gone");
}

void Modem::State::act_for(CoapClient& client, Action action) {
  const auto* datagram = std::get_if<SendDatagram>(&action);
  if (datagram == nullptr) return actions.push_back(std::move(action));
  if (radio.is_registered()) {
    radio.note_traffic(now);
    return actions.push_back(std::move(action));
  }
  // Nothing leaves a module without service: a transmission ends here, its exchange goes on.
  if (client.transport() == datagram->transport) client.handle_datagram_sent(now, false);
}

CoapClient* Modem::State::find_client(TransportId transport) {
  const auto client = std::ranges::find_if(
      clients, [&](const CoapClient& candidate) { return candidate.transport() == transport; });
  return client == clients.end() ? nullptr : &*client;
}

Modem::Modem(const ModemConfig& config, ufs::Store& files, NvStore& settings, RandomSource& random)
    : state_(std::make_unique<State>(config, files, settings, random)) {}
Modem::~Modem() = default;
Modem::Modem(Modem&&) noexcept = default;
Modem& Modem::operator=(Modem&&) noexcept = default;

std::size_t Modem::serial_room() const { return state_->engine.serial_room(); }

void Modem::handle_serial(Instant now, ByteView octets) {
  state_->now = now;
  // A module that is off hears nothing.
  if (!state_->power.takes_input()) return;
  state_->engine.receive(octets);
  state_->run_input();
}

void Modem::handle_transport_opened(Instant now, TransportId transport) {
  state_->now = now;
  if (auto* client = state_->find_client(transport)) client->handle_transport_opened(now);
  state_->collect_events();
}

void Modem::handle_transport_failed(Instant now, TransportId transport, TransportError error,
                                    std::string_view why) {
  state_->now = now;
  if (auto* client = state_->find_client(transport)) {
    client->handle_transport_failed(now, error, why);
  }
  state_->collect_events();
}

void Modem::handle_datagram(Instant now, TransportId transport, ByteView datagram) {
  state_->now = now;
  if (!state_->radio.is_registered()) return;
  state_->radio.note_traffic(now);
  if (auto* client = state_->find_client(transport)) client->handle_datagram(now, datagram);
  state_->collect_events();
}

void Modem::handle_datagram_sent(Instant now, TransportId transport, bool handed_over) {
  state_->now = now;
  if (auto* client = state_->find_client(transport)) client->handle_datagram_sent(now, handed_over);
  state_->collect_events();
}

void Modem::change_network(Instant now, const NetworkChange& change) {
  state_->now = now;
  state_->radio.change_network(change);
  state_->collect_events();
}

void Modem::insert_sim(Instant now) {
  state_->now = now;
  state_->sim.insert(now);
  state_->collect_events();
}

void Modem::remove_sim(Instant now) {
  state_->now = now;
  state_->sim.remove();
  state_->collect_events();
}

void Modem::handle_answer(Instant now, QueryId query, const Answer& answer) {
  state_->now = now;
  if (!state_->radio.is_registered()) return;
  state_->radio.note_traffic(now);
  state_->internet.handle_answer(now, query, answer, state_->clock.face(now).zone);
  state_->collect_events();
}

void Modem::drop_pdp_context(Instant now, int context) {
  state_->now = now;
  state_->pdp.drop(context);
  state_->collect_events();
}

void Modem::handle_timeout(Instant now) {
  state_->now = now;
  state_->power.handle_timeout(now);
  state_->collect_events();
  state_->sim.handle_timeout(now);
  state_->radio.handle_timeout(now);
  state_->pdp.handle_timeout(now);
  state_->internet.handle_timeout(now);
  state_->collect_events();
  for (auto& client : state_->clients) client.handle_timeout(now);
  state_->collect_events();
  state_->engine.handle_timeout(now);
  state_->collect_events();
}

std::optional<Action> Modem::poll_action() {
  auto& actions = state_->actions;
  if (actions.empty()) state_->run_input();
  return actions.take_front();
}

ByteView Modem::poll_serial() const { return state_->engine.poll_serial(); }

std::optional<at::SerialSegment> Modem::poll_serial_segment() const {
  return state_->engine.poll_serial_segment();
}

void Modem::handle_serial_written(std::size_t count) {
  state_->engine.handle_serial_written(count);
}

std::optional<Instant> Modem::poll_timeout() const {
  auto deadline = earliest(state_->engine.poll_timeout(), state_->radio.poll_timeout());
  deadline = earliest(deadline, state_->power.poll_timeout());
  deadline = earliest(deadline, state_->sim.poll_timeout());
  deadline = earliest(deadline, state_->pdp.poll_timeout());
  deadline = earliest(deadline, state_->internet.poll_timeout());
  for (const auto& client : state_->clients) deadline = earliest(deadline, client.poll_timeout());
  return deadline;
}

bool Modem::is_waiting_for_host() const { return state_->engine.is_waiting_for_host(); }

bool Modem::is_waiting_for_peer() const {
  if (state_->internet.is_waiting_for_peer()) return true;
  return std::ranges::any_of(state_->clients,
                             [](const CoapClient& client) { return client.is_waiting_for_peer(); });
}

}  // namespace vmodem::firmware
