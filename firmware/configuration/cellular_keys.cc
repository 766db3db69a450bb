#include "firmware/configuration/cellular_keys.h"

#include <array>

#include "firmware/base/check.h"
#include "firmware/configuration/places.h"
#include "firmware/configuration/texts/link.h"
#include "net/link/link_presets.h"

namespace vmodem::app {
namespace {

using net::LinkConfig;
using Lane = net::LinkDirectionConfig;

constexpr auto kUp = &LinkConfig::uplink;
constexpr auto kDown = &LinkConfig::downlink;
constexpr auto kRadio = &LinkConfig::radio;

constexpr std::array<std::string_view, 2> kUnitWords{"bit", "octet"};
constexpr auto kDelayMax = 1h;
constexpr std::int64_t kMtuMax = 65535;
constexpr std::int64_t kRateMax = 1'000'000'000;
constexpr std::int64_t kQueueMax = 65536;

template <auto kLane, auto kMember>
constexpr NumberKey chance() {
  return number<kLane, kMember>(0, 1);
}
template <auto kLane, auto kMember>
constexpr DurationKey delay() {
  return duration<kLane, kMember>(0s, kDelayMax);
}

void set_preset(Config& config, std::string name) {
  const auto* preset = net::find_link_preset(name);
  BG_CHECK(preset != nullptr, "accept_preset() has found it");
  config.cellular = {std::move(name), preset->config()};
}

constexpr TextKey kPreset{
    allowed_presets, accept_preset,
    [](const Config& config) -> std::string { return config.cellular.preset; }, set_preset,
    preset_names};
constexpr auto kScript =
    ListField<&LinkConfig::steps>::of<parse_step, step_text>(',', allowed_steps);
constexpr auto kOutages =
    ListField<&LinkConfig::outages>::of<parse_outage, outage_text>(',', allowed_outages);

constexpr ConfigKey kCellularKeys[] = {
    {"cellular.preset", kPreset,
     "The link that the other keys of this section alter, and a script with it.", true},
    {"cellular.script", kScript,
     "What happens to single datagrams, which are then not left to chance."},
    {"cellular.outages", kOutages, "When nothing passes, on the module's time line."},

    {"cellular.uplink.loss", chance<kUp, &Lane::loss>(), "The chance that a datagram is lost."},
    {"cellular.uplink.delay", delay<kUp, &Lane::delay>(), "What every datagram takes."},
    {"cellular.uplink.jitter", delay<kUp, &Lane::jitter>(),
     "What it may take longer, without overtaking."},
    {"cellular.uplink.duplication", chance<kUp, &Lane::duplication>(),
     "The chance that a datagram arrives twice."},
    {"cellular.uplink.reordering", chance<kUp, &Lane::reordering>(),
     "The chance that others overtake a datagram."},
    {"cellular.uplink.reordering_delay", delay<kUp, &Lane::reordering_delay>(),
     "How late an overtaken datagram comes."},
    {"cellular.uplink.corruption", chance<kUp, &Lane::corruption>(),
     "The chance that a datagram arrives changed, as if its checksum happened to fit."},
    {"cellular.uplink.corruption_unit", word<kUp, &Lane::corruption_unit>(kUnitWords),
     "What of a corrupted datagram changes."},
    {"cellular.uplink.mtu", integer<kUp, &Lane::mtu>(0, kMtuMax),
     "The largest IP packet that passes, in octets; 0 for any."},
    {"cellular.uplink.bits_per_second", integer<kUp, &Lane::bits_per_second>(0, kRateMax),
     "How fast IP packets go out, one behind the other; 0 for at once."},
    {"cellular.uplink.queue_size_max", integer<kUp, &Lane::queue_size_max>(1, kQueueMax),
     "Datagrams that may be under way; one more is dropped."},

    {"cellular.downlink.loss", chance<kDown, &Lane::loss>(), "The chance that a datagram is lost."},
    {"cellular.downlink.delay", delay<kDown, &Lane::delay>(), "What every datagram takes."},
    {"cellular.downlink.jitter", delay<kDown, &Lane::jitter>(),
     "What it may take longer, without overtaking."},
    {"cellular.downlink.duplication", chance<kDown, &Lane::duplication>(),
     "The chance that a datagram arrives twice."},
    {"cellular.downlink.reordering", chance<kDown, &Lane::reordering>(),
     "The chance that others overtake a datagram."},
    {"cellular.downlink.reordering_delay", delay<kDown, &Lane::reordering_delay>(),
     "How late an overtaken datagram comes."},
    {"cellular.downlink.corruption", chance<kDown, &Lane::corruption>(),
     "The chance that a datagram arrives changed, as if its checksum happened to fit."},
    {"cellular.downlink.corruption_unit", word<kDown, &Lane::corruption_unit>(kUnitWords),
     "What of a corrupted datagram changes."},
    {"cellular.downlink.mtu", integer<kDown, &Lane::mtu>(0, kMtuMax),
     "The largest IP packet that passes, in octets; 0 for any."},
    {"cellular.downlink.bits_per_second", integer<kDown, &Lane::bits_per_second>(0, kRateMax),
     "How fast IP packets go out, one behind the other; 0 for at once."},
    {"cellular.downlink.queue_size_max", integer<kDown, &Lane::queue_size_max>(1, kQueueMax),
     "Datagrams that may be under way; one more is dropped."},

    {"cellular.radio.promotion_delay", duration<kRadio, &net::RadioConfig::promotion_delay>(0s, 1min),
     "From RRC idle to connected, paid by the first datagram."},
    {"cellular.radio.inactivity_time", duration<kRadio, &net::RadioConfig::inactivity_time>(0s, 1h),
     "From the last datagram to RRC idle."},
    {"cellular.radio.paging_cycle", duration<kRadio, &net::RadioConfig::paging_cycle>(0s, 3h),
     "In idle the downlink waits for the next multiple of this (e)DRX cycle."},
    {"cellular.radio.active_time", duration<kRadio, &net::RadioConfig::active_time>(0s, 24h),
     "From idle to power saving, where the downlink is dropped (T3324); 0s for never."},
};

}  // namespace

std::span<const ConfigKey> cellular_keys() {
  return kCellularKeys;
}

}  // namespace vmodem::app
