// `set KEY=VALUE` for the modem object: the keys that transcripts use.
#pragma once

#include <string_view>

#include "firmware/base/expected.h"
#include "firmware/modem_config.h"
#include "tools/transcript/captures.h"

namespace vmodem::transcript {

[[nodiscard]] Expected<void, Fault> apply_setting(firmware::ModemConfig& config,
                                                  std::string_view key, std::string_view value);

}  // namespace vmodem::transcript
