// What --help prints: one screen, or all of a topic.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firmware/app/options.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/schema/error.h"

namespace vmodem::app {

// The options that people use and where the rest is, in 24 lines of 80 columns.
[[nodiscard]] std::string help_text(std::span<const OptionInfo> options);
// On "options", "keys", "verbs", a key, a section of keys or a verb.
[[nodiscard]] Expected<std::string, ConfigError> help_on(std::string_view topic,
                                                         std::span<const OptionInfo> options);

}  // namespace vmodem::app
