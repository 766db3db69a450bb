#include "tests/simulation/scene.h"

#include <fmt/format.h>

#include "firmware/base/check.h"
#include "net/link/link_presets.h"
#include "net/sim/description/ready_worlds.h"

namespace vmodem::simulation {
namespace {

// Faults that leave every answer and URC as it was.
constexpr std::string_view kNetworkFaults[] = {
    "lose-uplink",        "lose-uplink 3",        "lose-downlink",      "lose-downlink 2",
    "duplicate-uplink 2", "duplicate-downlink 2", "delay-uplink 3s",    "delay-downlink 5s 2",
    "corrupt-uplink",     "corrupt-downlink",     "link-down 10s",      "link-down 120s",
    "link tunnel",        "server-silent 20s",    "server-silent 300s", "server-restart 5s",
    "server-restart 60s", "name-fails 60s",       "name-silent 60s"};
// Those that interrupt registration, power or the module's clock.
constexpr std::string_view kModuleFaults[] = {"registration-lost 20s",
                                              "registration-denied 7 60s",
                                              "registration-unknown 30s",
                                              "registration-roaming 60s",
                                              "pdp-deactivate",
                                              "signal -110",
                                              "sim-remove 30s",
                                              "hang 40s",
                                              "power-cut 10s",
                                              "reset"};
constexpr std::string_view kSerialFaults[] = {"baud 9600",
                                              "chunks 10ms 7",
                                              "double-result",
                                              "double-urc",
                                              "drop-input 3",
                                              "drop-result",
                                              "drop-urc",
                                              "garbage 20",
                                              "garble-input 4",
                                              "delay-urc 3s",
                                              "place-urc inside-echo",
                                              "place-urc inside-answer",
                                              "place-urc before-echo",
                                              "truncate-urc",
                                              "wrong-length 3",
                                              "serial-clear"};
constexpr std::string_view kOccasions[] = {"command#{}",  "uplink#{}",       "downlink#{}",
                                           "urc#{}",      "AT+QCOAPSEND#{}", "+QCOAPOPEN#{}",
                                           "uplink#{}+1s"};

std::string make_occasion(Dice& dice) {
  if (dice.chance(0.5)) return fmt::format("{}s", dice.in(0, 200));
  return fmt::format(fmt::runtime(dice.pick(kOccasions)), dice.in(1, 8));
}

void add_faults(Dice& dice, Scene& scene, std::span<const std::string_view> deeds, int count_max) {
  for (int count = dice.in(0, count_max); count > 0; --count) {
    const auto text = fmt::format("{}@{}", dice.pick(deeds), make_occasion(dice));
    auto fault = testbed::parse_fault(text);
    BG_CHECK(fault, "the tables name verbs as the parser knows them");
    scene.testbed.faults.push_back(std::move(*fault));
    scene.faults.push_back(text);
  }
}

net::LinkDirectionConfig make_direction(Dice& dice) {
  net::LinkDirectionConfig direction;
  if (dice.chance(0.5)) direction.loss = dice.in(0, 40) / 100.0;
  if (dice.chance(0.5)) direction.delay = dice.milliseconds(0, 1500);
  if (dice.chance(0.3)) direction.jitter = dice.milliseconds(0, 3000);
  if (dice.chance(0.3)) direction.duplication = dice.in(0, 30) / 100.0;
  if (dice.chance(0.3)) {
    direction.reordering = dice.in(0, 30) / 100.0;
    direction.reordering_delay = dice.milliseconds(0, 4000);
  }
  if (dice.chance(0.2)) direction.corruption = dice.in(0, 20) / 100.0;
  if (dice.chance(0.1)) direction.mtu = static_cast<std::size_t>(dice.in(100, 1280));
  if (dice.chance(0.2))
    direction.bits_per_second = static_cast<std::uint64_t>(dice.in(1000, 300'000));
  return direction;
}

net::LinkConfig make_link(Dice& dice) {
  if (dice.chance(0.3)) return {};
  if (dice.chance(0.4)) return dice.pick(net::link_presets()).config();
  net::LinkConfig link{.uplink = make_direction(dice), .downlink = make_direction(dice)};
  if (dice.chance(0.2)) {
    link.outages.push_back({std::chrono::seconds(dice.in(0, 100)),
                            std::chrono::seconds(dice.in(1, 60)),
                            std::chrono::seconds(dice.chance(0.5) ? 200 : 0), std::nullopt});
  }
  if (dice.chance(0.2)) {
    link.radio = {.promotion_delay = dice.milliseconds(0, 2000),
                  .paging_cycle = dice.milliseconds(0, 5000)};
  }
  return link;
}

std::vector<firmware::NetworkStage> make_timeline(Dice& dice) {
  using firmware::Coverage;
  std::vector<firmware::NetworkStage> timeline;
  for (int stages = dice.in(1, 4); stages > 0; --stages) {
    const auto coverage = dice.pick({Coverage::kSearching, Coverage::kHome, Coverage::kRoaming,
                                     Coverage::kDenied, Coverage::kLost, Coverage::kHome});
    timeline.push_back({coverage, std::chrono::seconds(dice.in(1, 60))});
  }
  timeline.push_back({Coverage::kHome});
  return timeline;
}

// Switches that change what is said, not how often.
firmware::Dialect make_dialect(Dice& dice) {
  firmware::Dialect dialect;
  if (dice.chance(0.5)) return dialect;
  dialect.presets_survive_close = dice.chance(0.8);
  dialect.recv.quote_uint = dice.chance(0.2);
  dialect.split_uri = dice.chance(0.2);
  dialect.ack_random_factor = dice.chance(0.2) ? 1.0 : 1.5;
  dialect.ind_at_send = dice.chance(0.2);
  dialect.auto_activate_pdp = dice.chance(0.9);
  dialect.messages.nstart = dice.pick({1, 1, 2, 4});
  dialect.messages.auto_ack =
      dice.pick({coap::AutoAck::kResponses, coap::AutoAck::kAll, coap::AutoAck::kNone});
  dialect.messages.unknown_token =
      dice.pick({coap::UnknownToken::kReject, coap::UnknownToken::kDeliver});
  dialect.messages.deliver_mismatched = dice.chance(0.2);
  dialect.messages.reject_critical = dice.chance(0.8);
  return dialect;
}

HostKind make_host(Dice& dice) {
  if (dice.chance(0.65)) return HostKind::kWaiting;
  return dice.chance(0.5) ? HostKind::kHasty : HostKind::kWild;
}

void make_trouble(Dice& dice, Scene& scene) {
  add_faults(dice, scene, kNetworkFaults, 4);
  // A hasty host's answers are counted: nobody may take the module away under it.
  const bool may_fall = scene.traits.host != HostKind::kHasty;
  if (may_fall && dice.chance(0.4)) {
    scene.has_steady_radio = false;
    add_faults(dice, scene, kModuleFaults, 3);
    if (dice.chance(0.5)) scene.testbed.modem.network.timeline = make_timeline(dice);
  }
  if (scene.traits.host == HostKind::kWild) add_faults(dice, scene, kSerialFaults, 6);
}

}  // namespace

Scene make_scene(std::uint64_t seed) {
  Dice dice(seed);
  Scene scene{.seed = seed};
  const auto host = make_host(dice);
  scene.traits = {.host = host,
                  .sets_message_ids = dice.chance(0.5),
                  .switches_off = host != HostKind::kHasty && dice.chance(0.5),
                  .moves_radio = dice.chance(0.6)};
  auto& config = scene.testbed;
  config.watches_network = true;
  config.journal = journal::Journal::everything();
  config.internet = sim::ready_world();
  config.link = make_link(dice);
  config.modem.dialect = make_dialect(dice);
  config.modem.power.boot =
      dice.chance(0.5) ? firmware::BootProfile::kInstant : firmware::BootProfile::kRealistic;
  make_trouble(dice, scene);
  scene.steps = make_script(dice, scene.traits);
  return scene;
}

std::string describe(const Scene& scene) {
  static constexpr std::string_view kHosts[] = {"waits", "is hasty", "is wild"};
  const auto& link = scene.testbed.link;
  auto text = fmt::format(
      "seed {}: the host {}; {} steps; loss {:.2f} up, {:.2f} down; {} stages of coverage\n",
      scene.seed, kHosts[static_cast<std::size_t>(scene.traits.host)], scene.steps.size(),
      link.uplink.loss, link.downlink.loss, scene.testbed.modem.network.timeline.size());
  for (const auto& fault : scene.faults) text += fmt::format("fault: {}\n", fault);
  return text;
}

}  // namespace vmodem::simulation
