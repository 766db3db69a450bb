// The lists of the radio configuration as texts: the networks on the air and the timeline.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/radio/config.h"

namespace vmodem::app {

// "CHN-UNICOM, UNICOM, 46001, emtc, home, 00C3, 01A2D101, 01, LTE BAND 3, 1300"; fields left out at
// the end are those of a default cell.
[[nodiscard]] std::string allowed_operators();
// False, and nothing added, for text of another form.
[[nodiscard]] bool add_operator(firmware::RadioConfig& config, std::string_view text);
[[nodiscard]] std::vector<std::string> operator_texts(const firmware::RadioConfig& config);

// "searching 3s", "denied 11 5s", "home".
[[nodiscard]] std::string allowed_timeline();
// False, too, behind a stage without a duration: that one is the last.
[[nodiscard]] bool add_stage(firmware::RadioConfig& config, std::string_view text);
[[nodiscard]] std::vector<std::string> stage_texts(const firmware::RadioConfig& config);

}  // namespace vmodem::app
