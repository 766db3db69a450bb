// The bands of the modules: what AT+QNWINFO calls them and which bit of AT+QCFG="band" stands for
// them (QCFG95 §2), with a channel in the middle of each (36.101 table 5.7.3-1, 45.005 §2).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "firmware/radio/config.h"

namespace vmodem::firmware {

// Which bit of its technology's mask stands for the band of that name; nothing where none does.
[[nodiscard]] std::optional<std::size_t> band_bit(Technology technology, std::string_view name);

// The operators, each with its own cell as it was, and behind them all the cells on the other bands
// of those that are on every band, in the order of the bands.
[[nodiscard]] std::vector<Operator> on_their_bands(const std::vector<Operator>& operators);

}  // namespace vmodem::firmware
