#include "net/link/link_presets.h"

#include <algorithm>

namespace vmodem::net {
namespace {

// What operators leave of 1500 under GTP; larger packets are lost without a word.
constexpr std::size_t kCellularMtu = 1358;

// Cat M1 near the cell: half-duplex peak rates, few losses.
constexpr LinkDirectionConfig kGoodUplink{.loss = 0.001,
                                          .delay = 60ms,
                                          .jitter = 40ms,
                                          .mtu = kCellularMtu,
                                          .bits_per_second = 375'000};
constexpr LinkDirectionConfig kGoodDownlink{.loss = 0.001,
                                            .delay = 50ms,
                                            .jitter = 30ms,
                                            .mtu = kCellularMtu,
                                            .bits_per_second = 300'000};
constexpr RadioConfig kGoodRadio{.promotion_delay = 150ms, .inactivity_time = 10s};

constexpr LinkPreset kPresets[] = {
    {.name = "perfect",
     .why = "Nothing happens to a datagram: for tests of everything but the link.",
     .uplink = {},
     .downlink = {},
     .radio = {},
     .outage = {}},
    {.name = "cat-m1-good",
     .why = "Cat M1 near the cell: half-duplex peak rates (375 and 300 kbit/s), few losses.",
     .uplink = kGoodUplink,
     .downlink = kGoodDownlink,
     .radio = kGoodRadio,
     .outage = {}},
    {.name = "cat-m1-poor",
     .why = "Cat M1 at the cell edge: repetitions stretch the round trip, handovers lose and "
            "reorder.",
     .uplink = {.loss = 0.08,
                .delay = 400ms,
                .jitter = 600ms,
                .duplication = 0.01,
                .reordering = 0.02,
                .reordering_delay = 800ms,
                .mtu = kCellularMtu,
                .bits_per_second = 20'000},
     .downlink = {.loss = 0.05,
                  .delay = 300ms,
                  .jitter = 500ms,
                  .duplication = 0.01,
                  .reordering = 0.02,
                  .reordering_delay = 800ms,
                  .mtu = kCellularMtu,
                  .bits_per_second = 30'000},
     .radio = {.promotion_delay = 600ms, .inactivity_time = 10s},
     .outage = {}},
    {.name = "nb2-deep",
     .why = "NB2 at coverage level 2: hundreds of repetitions, about 1 kbit/s, round trips of "
            "seconds that outlast an ACK_TIMEOUT of 2 s.",
     .uplink = {.loss = 0.12,
                .delay = 2500ms,
                .jitter = 4000ms,
                .duplication = 0.01,
                .mtu = kCellularMtu,
                .bits_per_second = 1'000,
                .queue_size_max = 16},
     .downlink = {.loss = 0.10,
                  .delay = 1500ms,
                  .jitter = 3000ms,
                  .duplication = 0.01,
                  .mtu = kCellularMtu,
                  .bits_per_second = 1'500,
                  .queue_size_max = 16},
     .radio = {.promotion_delay = 3s, .inactivity_time = 20s},
     .outage = {}},
    {.name = "tunnel",
     .why = "A good link that passes nothing from 10 s for 30 s, as on a train.",
     .uplink = kGoodUplink,
     .downlink = kGoodDownlink,
     .radio = kGoodRadio,
     .outage = {.from = 10s, .length = 30s, .every = {}, .direction = {}}},
};

}  // namespace

LinkConfig LinkPreset::config() const {
  LinkConfig config{
      .uplink = uplink, .downlink = downlink, .radio = radio, .steps = {}, .outages = {}};
  if (outage.length > Duration::zero()) config.outages.push_back(outage);
  return config;
}

std::span<const LinkPreset> link_presets() {
  return kPresets;
}

const LinkPreset* find_link_preset(std::string_view name) {
  const auto preset = std::ranges::find(kPresets, name, &LinkPreset::name);
  return preset == std::end(kPresets) ? nullptr : preset;
}

}  // namespace vmodem::net
