// A transcript in a test's own text, played on the modem object.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/base/check.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/player.h"
#include "tools/conform/settings.h"

namespace vmodem::conform {

inline std::optional<Failure> play_text(std::string_view text) {
  const auto script = parse_script(text);
  BG_CHECK(script, "the test's own transcript is well formed");
  const auto config = make_modem_config(*script);
  BG_CHECK(config, "the test's own settings are ones of the modem");
  ModemBackend backend(*config, *script);
  return play(*script, backend);
}

}  // namespace vmodem::conform
