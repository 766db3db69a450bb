#include <utility>
#include <variant>

#include "firmware/base/overloaded.h"
#include "firmware/commands/line/profile.h"
#include "firmware/commands/packet/activation.h"
#include "firmware/modem_state.h"
#include "firmware/radio/phrases.h"

namespace vmodem::firmware {

void Modem::State::collect_power_events() {
  const journal::Because because(journal, cause_of(Part::kPower));
  while (auto event = power.poll_event()) {
    std::visit(
        Overloaded{[this](PowerLine& line) {
                     post({std::move(line.text), {}});
                   },
                   [this](const SwitchedOff& off) {
                     const journal::Because known(journal, note_power("off"));
                     engine.reset(off.last_words);
                     forget_volatile();
                     actions.emplace_back(PowerChanged{.is_on = false});
                   },
                   [this](const SwitchedOn&) {
                     const journal::Because known(journal, note_power("on"));
                     actions.emplace_back(PowerChanged{.is_on = true});
                   },
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
  }
  clients.reset();
  pdp.reset();
  pdp_command.reset();
  internet.reset();
  ssl = SslContexts{};
  files.close_all();
  is_memory_full = false;
  saved.reload();
  sim.reset();
  tags.reset();
  radio.reset();
  packet_events.reset();
  slow_clock.reset();
  ring.restore();
  load_profile_at_power_up(services);
}

void Modem::State::collect_events() {
  collect_power_events();
  {
    const journal::Because because(journal, cause_of(Part::kCard));
    if (journal.is_read()) note_card();
    radio.set_sim_ready(now, sim.is_ready());
    while (auto urc = sim.poll_event()) post(std::move(*urc));
  }
  collect_radio_events();
  collect_pdp_events();
  collect_internet_events();
  collect_coap_events();
  collect_radio_events();
  if (host.are_wired) drive_circuits();
  if (journal.is_chained()) note_timers();
  if (power.is_hanging()) return;
  if (const auto response = pdp_command.poll_response()) {
    const journal::Because because(journal, line);
    engine.complete(now, *response);
    collect_events();
  }
}

void Modem::State::collect_coap_events() {
  if (engine.is_between_lines()) clients.handle_line_end();
  while (auto event = clients.poll_event()) {
    std::visit(Overloaded{[this](Action& action) { act_for_client(std::move(action)); },
                          [this](at::Urc& urc) { post(std::move(urc)); },
                          [this](SessionEstablished& session) {
                            auto& context = ssl[static_cast<std::size_t>(session.ssl_context)];
                            context.resumable.remember(session.server,
                                                       std::move(session.resumption));
                          }},
               *event);
  }
}

void Modem::State::collect_pdp_events() {
  const journal::Because because(journal, cause_of(Part::kPacket));
  while (auto event = pdp.poll_event()) {
    std::visit(Overloaded{[this](at::Urc& urc) { post(std::move(urc)); },
                          [this](const auto& news) {
                            const journal::Because known(journal, note_context(news));
                            tell_users(services, now, news);
                          }},
               *event);
  }
  while (auto urc = packet_events.poll_event()) post(std::move(*urc));
}

void Modem::State::collect_internet_events() {
  const journal::Because because(journal, cause_of(Part::kInternet));
  while (auto event = internet.poll_event()) {
    std::visit(Overloaded{[this](Action& action) { ask(std::move(action)); },
                          [this](at::Urc& urc) { post(std::move(urc)); },
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
  const journal::Because because(journal, cause_of(Part::kRadio));
  if (journal.is_read()) note_connection();
  while (auto event = radio.poll_event()) {
    std::visit(
        Overloaded{
            [this](at::Urc& urc) { post(std::move(urc)); },
            [this](const RegistrationChanged& change) {
              const journal::Because known(
                  journal, journal.emit<journal::RadioRegistration>([&] {
                    return journal::RadioRegistration{
                        static_cast<std::uint64_t>(change.registration),
                        describe(change, radio.serving())};
                  }));
              if (is_registered(change.registration)) clock.handle_registered(now);
            },
            [this](const SignalChanged&) {
              journal.emit<journal::RadioSignal>(
                  [&] { return journal::RadioSignal{describe(radio.signal())}; });
            },
            [this](const AttachedToLte&) { bring_up_default_bearer(services); },
            [this](const Detached& detached) { end_packet_service(detached); }},
        *event);
  }
  while (auto urc = clock.poll_event()) post(std::move(*urc));
  while (auto urc = packet_events.poll_event()) post(std::move(*urc));
}

void Modem::State::end_packet_service(const Detached& detached) {
  packet_events.report(detached.by_network ? "NW DETACH" : "ME DETACH");
  pdp.detach(detached.by_network);
  for (auto& client : clients) client.end_session(now, "the packet service is gone");
}

// A session that AT+QSSLCFG="session" does not want again leaves no key behind.
void Modem::State::forget_sessions() {
  for (auto& context : ssl) {
    if (context.session_resumption == 0) context.resumable = {};
  }
}

void Modem::State::act_for_client(Action action) {
  if (std::holds_alternative<CloseTransport>(action)) forget_sessions();
  const auto* datagram = std::get_if<SendDatagram>(&action);
  if (datagram == nullptr) return actions.push_back(std::move(action));
  if (radio.is_registered()) {
    radio.note_traffic(now);
    return actions.push_back(std::move(action));
  }
  // Nothing leaves a module without service: a transmission ends here, its exchange goes on.
  auto* client = clients.find(datagram->transport);
  if (client != nullptr) client->handle_datagram_sent(now, false);
}

}  // namespace vmodem::firmware
