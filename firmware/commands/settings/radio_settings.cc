#include "firmware/commands/settings/radio_settings.h"

#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/services.h"
#include "firmware/settings/indications.h"

namespace vmodem::firmware {

void load_radio_settings(at::Services& services) {
  services.radio.configure_search(Instant{},
                                  load_search_settings(services.tags, services.config.identity));
  apply_signal_indication(services);
}

void apply_search_setting(at::Services& services, Instant now,
                          std::string SearchSettings::*setting) {
  auto settings = services.radio.search_settings();
  settings.*setting = load_search_settings(services.tags, services.config.identity).*setting;
  services.radio.configure_search(now, settings);
}

void apply_signal_indication(at::Services& services) {
  services.radio.set_quality_reported(is_indicated(services.tags, kSignalIndication));
}

}  // namespace vmodem::firmware
