#include "firmware/commands/radio_settings.h"

#include "firmware/qcfg_settings.h"
#include "firmware/services.h"

namespace vmodem::firmware {

void load_radio_settings(at::Services& services) {
  services.radio.configure_search(load_search_settings(services.tags, services.config.identity));
}

void apply_search_setting(at::Services& services, std::string SearchSettings::*setting) {
  auto settings = services.radio.search_settings();
  settings.*setting = load_search_settings(services.tags, services.config.identity).*setting;
  services.radio.configure_search(settings);
}

}  // namespace vmodem::firmware
