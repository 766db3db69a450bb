#include "firmware/modem_state.h"

#include "firmware/commands/families.h"
#include "firmware/commands/line/profile.h"
#include "firmware/commands/packet/activation.h"
#include "firmware/model.h"

namespace vmodem::firmware {
namespace {

Technologies technologies_of(const Identity& identity) {
  const auto* model = find_model(identity.model);
  return model != nullptr ? model->technologies : Technologies{};
}

}  // namespace

Modem::State::State(const ModemConfig& modem_config, ufs::Store& store, NvStore& nv,
                    RandomSource& random, journal::Journal* reader)
    : journal(reader != nullptr ? *reader : unread),
      config(modem_config),
      saved(nv),
      radio(config.network, technologies_of(config.identity), registers.reports, saved),
      clock(config.clock, saved),
      files(store, config.ufs),
      clients(config.dialect, random, journal, config.sessions),
      engine(
          command_table(config.features), services,
          {.hold_urcs_while_typing = config.dialect.hold_urcs_while_typing,
           .prompt = config.dialect.prompt,
           .pause_before_lines = config.report_commands || journal.wants<journal::LineCommand>()}),
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
               .ring = ring,
               .ssl = ssl,
               .saved = saved,
               .files = files,
               .last_transport = last_transport,
               .is_memory_full = is_memory_full} {
  load_profile_at_power_up(services);
  adopt_rate();
  if (config.power.cold_start) {
    sim.reset();
    return;
  }
  // qcoap.md §12: the module has booted before, and the line is silent.
  radio.set_sim_ready(Instant{}, sim.is_ready());
  radio.switch_on(Instant{});
  radio.release_connection();
  while (radio.poll_event()) continue;
  if (radio.is_attached_to_lte()) bring_up_default_bearer(services);
  while (pdp.poll_event()) continue;
  if (radio.is_registered()) clock.handle_registered(Instant{});
  while (clock.poll_event()) continue;
  told_card = sim.status();
}

void Modem::State::run_input() {
  while (actions.empty() && power.takes_input()) {
    const journal::Because because(journal, line);
    if (!engine.step(now)) return;
    if (engine.is_before_line()) {
      begin_line();
    } else if (engine.is_before_data()) {
      note_data();
    } else if (journal.wants<journal::LineCommand>()) {
      actions.emplace_back(LineEnded{});
    }
    collect_events();
  }
}

}  // namespace vmodem::firmware
