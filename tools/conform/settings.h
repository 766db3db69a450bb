// A script's settings as a modem's configuration, by the keys that vmodem itself takes.
#pragma once

#include "firmware/base/expected.h"
#include "firmware/modem_config.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

[[nodiscard]] Expected<firmware::ModemConfig, ScriptError> make_modem_config(const Script& script);

}  // namespace vmodem::conform
