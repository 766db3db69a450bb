// A script's settings as a modem's configuration, by the keys that vmodem itself takes.
#pragma once

#include "firmware/base/expected.h"
#include "firmware/modem_config.h"
#include "tools/transcript/script.h"

namespace vmodem::transcript {

[[nodiscard]] Expected<firmware::ModemConfig, ScriptError> make_modem_config(const Script& script);

}  // namespace vmodem::transcript
