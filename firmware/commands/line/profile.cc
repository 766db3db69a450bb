#include "firmware/commands/line/profile.h"

#include "firmware/commands/settings/radio_settings.h"
#include "firmware/services.h"

namespace vmodem::firmware {
namespace {

void store_line_settings(const at::Services& services, SavedSettings& saved) {
  store_line(services.line, services.registers, saved);
}

void recall_line_settings(at::Services& services) {
  recall_line(services.saved, services.line, services.registers);
}

void restore_factory_line_settings(at::Services& services) {
  restore_factory_line(services.line, services.registers);
}

void store_terminal(const at::Services& services, SavedSettings& saved) {
  saved.set(kProfileRate, services.terminal.rate);
}

// AT95 §23.2: AT&F leaves the rate and the flow control alone.
void restore_factory_terminal(at::Services& services) {
  services.terminal.character_set = TerminalSettings::kDefaultCharacterSet;
}

void store_reports(const at::Services& services, SavedSettings& saved) {
  saved.set(kProfileCreg, services.registers.reports.creg);
  saved.set(kProfileCgreg, services.registers.reports.cgreg);
  saved.set(kProfileCereg, services.registers.reports.cereg);
}

void recall_reports(at::Services& services) {
  services.registers.reports = {.creg = services.saved.get(kProfileCreg),
                                .cgreg = services.saved.get(kProfileCgreg),
                                .cereg = services.saved.get(kProfileCereg)};
}

// It is saved by itself, so the factory value is too; AT&F has no error for a store that fails.
void restore_factory_time_report(at::Services& services) {
  services.saved.set(kTimeReport, kTimeReport.initial);
  static_cast<void>(services.saved.save());
}

// AT&F resets the registration reports with the other registers.
constexpr ProfileParticipant kParticipants[] = {
    {.store = store_line_settings,
     .recall = recall_line_settings,
     .restore_factory = restore_factory_line_settings},
    {.store = store_reports, .recall = recall_reports},
    {.store = store_terminal, .restore_factory = restore_factory_terminal},
    {.restore_factory = restore_factory_time_report},
};

void recall_stored(at::Services& services) {
  if (services.saved.get(kProfileStored) == 0) return;
  for (const auto& participant : kParticipants) {
    if (participant.recall != nullptr) participant.recall(services);
  }
}

}  // namespace

bool store_profile(at::Services& services) {
  for (const auto& participant : kParticipants) {
    if (participant.store != nullptr) participant.store(services, services.saved);
  }
  services.saved.set(kProfileStored, 1);
  return services.saved.save();
}

void restore_factory_profile(at::Services& services) {
  for (const auto& participant : kParticipants) {
    if (participant.restore_factory != nullptr) participant.restore_factory(services);
  }
}

void recall_profile(at::Services& services) {
  restore_factory_profile(services);
  recall_stored(services);
}

void load_profile_at_power_up(at::Services& services) {
  services.line = at::Settings{};
  services.registers = Registers{};
  services.terminal.reset(services.saved);
  recall_stored(services);
  load_radio_settings(services);
}

}  // namespace vmodem::firmware
