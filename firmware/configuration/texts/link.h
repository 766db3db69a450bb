// The texts of the cellular link: presets, and the steps and outages of its script.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/configuration/texts/rules.h"
#include "net/link/link_config.h"

namespace vmodem::app {

[[nodiscard]] std::vector<std::string_view> preset_names();
[[nodiscard]] std::string allowed_presets();
[[nodiscard]] bool accept_preset(std::string& text);
inline constexpr TextRule kPresetText{allowed_presets, accept_preset, preset_names};

// "lose uplink 2-3", "duplicate downlink 2", "delay downlink 1 by 5s", "corrupt uplink 4-".
[[nodiscard]] std::string allowed_steps();
[[nodiscard]] std::optional<net::LinkStep> parse_step(std::string_view text);
[[nodiscard]] std::string step_text(const net::LinkStep& step);

// "from 10s for 30s", "from 1min for 5s every 2min uplink".
[[nodiscard]] std::string allowed_outages();
[[nodiscard]] std::optional<net::Outage> parse_outage(std::string_view text);
[[nodiscard]] std::string outage_text(const net::Outage& outage);

}  // namespace vmodem::app
