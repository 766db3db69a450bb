#include "tools/conform/settings.h"

#include <fmt/format.h>

#include "firmware/configuration/keys.h"

namespace vmodem::conform {
Expected<firmware::ModemConfig, ScriptError> make_modem_config(const Script& script) {
  app::Config config;
  for (const auto& setting : script.settings) {
    if (!app::is_module_key(setting.key)) {
      return unexpected(
          ScriptError{setting.line,
                      {fmt::format("'{}' is no key of the module", setting.key),
                       "a key of clock, dialect, features, identity, pdp, power, radio, readings or sim"}});
    }
    const auto applied = app::set_config_text(config, setting.key, setting.value);
    if (applied) continue;
    return unexpected(ScriptError{setting.line, {applied.error().wrong, applied.error().right}});
  }
  const CalendarTime start = config.internet.calendar_start;
  config.modem.clock = app::make_clock(config.clock, {.host = start, .automatic = start});
  return config.modem;
}

}  // namespace vmodem::conform
