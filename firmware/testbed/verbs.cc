#include <algorithm>
#include <limits>

#include "firmware/modem.h"
#include "firmware/testbed/faulty_store.h"
#include "firmware/testbed/serial/serial_line.h"
#include "firmware/testbed/serial_verbs.h"
#include "firmware/testbed/simulated_network.h"
#include "firmware/testbed/verb.h"
#include "net/link/link_presets.h"

namespace vmodem::testbed {
namespace {

using firmware::Coverage;
using net::Direction;
using net::LinkStepAction;
using Arguments = VerbArguments;

constexpr std::int64_t kDay = 24 * 3600;
constexpr Instant kForEver = Instant::max();

constexpr ArgumentSpec kLength{.name = "DURATION", .kind = ArgumentKind::kDuration, .max = kDay,
                               .is_optional = true};
constexpr ArgumentSpec kDelay{.name = "DURATION", .kind = ArgumentKind::kDuration, .max = kDay};
constexpr ArgumentSpec kActivation{.name = "DURATION", .kind = ArgumentKind::kDuration,
                                   .max = 150};
constexpr ArgumentSpec kCount{.name = "COUNT", .kind = ArgumentKind::kNumber, .min = 1,
                              .max = 1000000, .is_optional = true};
constexpr ArgumentSpec kCause{.name = "CAUSE", .kind = ArgumentKind::kNumber, .min = 1, .max = 255};
constexpr ArgumentSpec kContext{.name = "CONTEXT", .kind = ArgumentKind::kNumber, .min = 1,
                                .max = 16, .is_optional = true};
constexpr ArgumentSpec kRsrp{.name = "RSRP_DBM", .kind = ArgumentKind::kNumber, .min = -140,
                             .max = -44};
constexpr ArgumentSpec kName{.name = "NAME", .kind = ArgumentKind::kText, .is_optional = true};
constexpr ArgumentSpec kServer{.name = "SERVER", .kind = ArgumentKind::kServer,
                               .is_optional = true};

constexpr ArgumentSpec kOctets{.name = "COUNT", .kind = ArgumentKind::kNumber, .min = 1,
                               .max = SerialLine::kGarbageSizeMax, .is_optional = true};
constexpr ArgumentSpec kKept{.name = "KEPT", .kind = ArgumentKind::kNumber, .min = 1,
                             .max = 65536, .is_optional = true};
constexpr ArgumentSpec kDelta{.name = "DELTA", .kind = ArgumentKind::kNumber, .min = -65536,
                              .max = 65536};
constexpr ArgumentSpec kRate{.name = "RATE", .kind = ArgumentKind::kNumber, .max = 10000000};
constexpr ArgumentSpec kSize{.name = "SIZE", .kind = ArgumentKind::kNumber, .max = 65536};
constexpr ArgumentSpec kPause{.name = "PAUSE", .kind = ArgumentKind::kDuration, .max = 10,
                              .is_optional = true};

// In the order of UrcPlace.
std::span<const std::string_view> places() {
  static constexpr std::array<std::string_view, 4> kPlaces{"inside-echo", "inside-answer",
                                                           "behind-result", "before-echo"};
  return kPlaces;
}
constexpr ArgumentSpec kPlace{.name = "PLACE", .kind = ArgumentKind::kWord, .words = places};

std::span<const std::string_view> preset_names() {
  static const auto names = [] {
    std::vector<std::string_view> all;
    for (const auto& preset : net::link_presets()) all.push_back(preset.name);
    return all;
  }();
  return names;
}
constexpr ArgumentSpec kPreset{.name = "PRESET", .kind = ArgumentKind::kWord,
                               .words = preset_names};

// When what lasts for the given time from now is over.
Instant end_of(Instant now, const Arguments& arguments) {
  const auto* duration = arguments.find<Duration>();
  return duration != nullptr ? now + *duration : kForEver;
}

template <Coverage kCoverage>
void change_coverage(Surroundings& s, Instant now, const Arguments& arguments) {
  s.modem.change_network(now, firmware::NetworkStage{.coverage = kCoverage,
                                                     .reject_cause = arguments.number_or(15)});
}

void restore_registration(Surroundings& s, Instant now, const Arguments&) {
  s.modem.change_network(now, firmware::Recovery{});
}

void change_signal(Surroundings& s, Instant now, const Arguments& arguments) {
  firmware::Signal signal;
  signal.rsrp_dbm = arguments.number_or(signal.rsrp_dbm);
  // RSSI counts the twelve subcarriers of a resource block, RSRP one of them (36.214 §5.1.1).
  signal.rssi_dbm = std::clamp(signal.rsrp_dbm + 28, -113, -51);
  s.modem.change_network(now, signal);
}

void insert_sim(Surroundings& s, Instant now, const Arguments&) { s.modem.insert_sim(now); }
void remove_sim(Surroundings& s, Instant now, const Arguments&) { s.modem.remove_sim(now); }

// In the order of Sim::Trouble.
std::span<const std::string_view> sim_troubles() {
  static constexpr std::array<std::string_view, 3> kTroubles{"busy", "failure", "wrong"};
  return kTroubles;
}
constexpr ArgumentSpec kTrouble{.name = "TROUBLE", .kind = ArgumentKind::kWord,
                                .words = sim_troubles};

void break_sim(Surroundings& s, Instant now, const Arguments& arguments) {
  s.modem.set_sim_trouble(now, static_cast<firmware::Sim::Trouble>(arguments.number_or(0)));
}
void repair_sim(Surroundings& s, Instant now, const Arguments&) {
  s.modem.set_sim_trouble(now, std::nullopt);
}

template <bool kIsFull>
void fill_memory(Surroundings& s, Instant now, const Arguments&) {
  s.modem.set_memory_full(now, kIsFull);
}

template <bool kIsFull>
void fill_storage(Surroundings& s, Instant, const Arguments&) {
  s.files.set_full(kIsFull);
}

// In the order of StoreOperation.
std::span<const std::string_view> operations() {
  static constexpr std::array<std::string_view, 6> kOperations{"open",   "read", "write",
                                                               "delete", "list", "info"};
  static_assert(kOperations.size() == static_cast<std::size_t>(StoreOperation::kCount));
  return kOperations;
}
constexpr ArgumentSpec kOperation{.name = "OPERATION", .kind = ArgumentKind::kWord,
                                  .words = operations};

template <bool kIsFailing>
void change_storage(Surroundings& s, Instant, const Arguments& arguments) {
  s.files.set_failing(static_cast<StoreOperation>(arguments.number_or(0)), kIsFailing);
}

template <bool kIsRefused>
void refuse_contexts(Surroundings& s, Instant now, const Arguments&) {
  s.modem.refuse_pdp_contexts(now, kIsRefused);
}

void delay_contexts(Surroundings& s, Instant now, const Arguments& arguments) {
  s.modem.delay_pdp_contexts(now, arguments.get_or(Duration::zero()));
}

template <bool kIsUnreachable>
void change_reach(Surroundings& s, Instant, const Arguments&) {
  s.network.set_unreachable(kIsUnreachable);
}

void deactivate_context(Surroundings& s, Instant now, const Arguments& arguments) {
  s.modem.drop_pdp_context(now, arguments.number_or(1));
}

template <sim::NameOutcome kOutcome>
void change_name(Surroundings& s, Instant, const Arguments& arguments) {
  auto& internet = s.network.internet();
  const auto* name = arguments.find<std::string>();
  if (name == nullptr) return internet.set_every_name_outcome(kOutcome);
  internet.set_name_outcome(*name, kOutcome);
}

std::vector<net::Endpoint> servers_of(Surroundings& s, const Arguments& arguments) {
  const auto* server = arguments.find<net::Endpoint>();
  if (server != nullptr) return {*server};
  return s.network.internet().endpoints();
}

void silence_server(Surroundings& s, Instant now, const Arguments& arguments) {
  for (const auto& server : servers_of(s, arguments)) {
    (void)s.network.internet().set_silent(server, end_of(now, arguments));
  }
}

void restart_server(Surroundings& s, Instant now, const Arguments& arguments) {
  for (const auto& server : servers_of(s, arguments)) {
    (void)s.network.internet().restart_server(now, server, arguments.get_or(Duration::zero()));
  }
}

void take_link_down(Surroundings& s, Instant now, const Arguments& arguments) {
  s.network.link().set_down(end_of(now, arguments));
}

void bring_link_up(Surroundings& s, Instant now, const Arguments&) {
  s.network.link().set_down(now);
}

void change_link(Surroundings& s, Instant, const Arguments& arguments) {
  const auto index = static_cast<std::size_t>(arguments.number_or(0));
  s.network.link().set_config(net::link_presets()[index].config());
}

template <Direction kDirection, LinkStepAction kAction>
void treat_next(Surroundings& s, Instant, const Arguments& arguments) {
  s.network.link().add_step(kDirection, kAction,
                            static_cast<std::uint32_t>(arguments.number_or(1)),
                            arguments.get_or(Duration::zero()));
}

void cut_power(Surroundings& s, Instant now, const Arguments&) { s.modem.cut_power(now); }
void press_key(Surroundings& s, Instant now, const Arguments&) { s.modem.press_power_key(now); }
void reset_module(Surroundings& s, Instant now, const Arguments&) { s.modem.reset(now); }
void hang_module(Surroundings& s, Instant now, const Arguments&) { s.modem.hang(now); }
void resume_module(Surroundings& s, Instant now, const Arguments&) { s.modem.resume(now); }

constexpr Verb kVerbs[] = {
    {"baud", {kRate}, "The module's output goes at this rate; 0 for at once.", pace_output},
    {"chunks", {kPause, kSize},
     "The module's output goes in pieces of 1 to SIZE octets; 0 ends it.",
     chunk_output},
    {"corrupt-downlink", {kCount}, "The next datagrams to the module have a wrong bit.",
     treat_next<Direction::kDownlink, LinkStepAction::kCorrupt>},
    {"corrupt-uplink", {kCount}, "The next datagrams of the module have a wrong bit.",
     treat_next<Direction::kUplink, LinkStepAction::kCorrupt>},
    {"delay-downlink", {kDelay, kCount},
     "The next datagrams to the module come late; others overtake.",
     treat_next<Direction::kDownlink, LinkStepAction::kDelay>},
    {"delay-uplink", {kDelay, kCount},
     "The next datagrams of the module come late; others overtake.",
     treat_next<Direction::kUplink, LinkStepAction::kDelay>},
    {"delay-urc", {kDelay}, "The next URC comes late.", delay_urc},
    {"double-result", {}, "The next final result, as OK, is written twice.", inject<DoubleResult>},
    {"double-urc", {}, "The next URC is written twice.", inject<DoubleUrc>},
    {"drop-input", {kCount}, "The next octets of the host are lost.", inject_count<DropInput>},
    {"drop-result", {}, "The next final result, as OK, is not written.", inject<DropResult>},
    {"drop-urc", {}, "The next URC is not written.", inject<DropUrc>},
    {"duplicate-downlink", {kCount}, "The next datagrams to the module come twice.",
     treat_next<Direction::kDownlink, LinkStepAction::kDuplicate>},
    {"duplicate-uplink", {kCount}, "The next datagrams of the module come twice.",
     treat_next<Direction::kUplink, LinkStepAction::kDuplicate>},
    {"garbage", {kOctets}, "Random octets come before the next output.", inject_count<Garbage>},
    {"garble-input", {kCount}, "The next octets of the host are changed.",
     inject_count<GarbleInput>},
    {"hang", {kLength}, "The module answers nothing, and its timers stand.", hang_module, "resume"},
    {"link", {kPreset}, "The link becomes one of the presets.", change_link},
    {"link-down", {kLength}, "No datagram passes, in either direction.", take_link_down,
     "link-up"},
    {"link-up", {}, "Ends link-down.", bring_link_up},
    {"lose-downlink", {kCount}, "The next datagrams to the module are lost.",
     treat_next<Direction::kDownlink, LinkStepAction::kLose>},
    {"lose-uplink", {kCount}, "The next datagrams of the module are lost.",
     treat_next<Direction::kUplink, LinkStepAction::kLose>},
    {"memory-free", {}, "Ends memory-full.", fill_memory<false>},
    {"memory-full", {kLength}, "Opens and sends are refused for lack of memory.",
     fill_memory<true>, "memory-free"},
    {"name-fails", {kLength, kName}, "A name, or every name, does not resolve, routed names included.",
     change_name<sim::NameOutcome::kNotFound>, "name-resolves"},
    {"name-resolves", {kLength, kName}, "Ends name-fails and name-silent.",
     change_name<sim::NameOutcome::kResolves>},
    {"name-silent", {kLength, kName}, "Nobody answers the question for a name, or for any name, routed names included.",
     change_name<sim::NameOutcome::kSilence>, "name-resolves"},
    {"pdp-accepted", {}, "Ends pdp-refused.", refuse_contexts<false>},
    {"pdp-deactivate", {kContext}, "The network deactivates a PDP context, 1 where none is named.",
     deactivate_context},
    {"pdp-refused", {kLength}, "The network refuses to activate a PDP context.",
     refuse_contexts<true>, "pdp-accepted"},
    {"pdp-slow", {kActivation}, "The network takes so long to activate a PDP context.",
     delay_contexts},
    {"place-urc", {kPlace}, "The next URC is written at this hostile but legal place.", place_urc},
    {"power-cut", {kLength}, "The supply fails, and comes back after the duration.", cut_power,
     "power-on"},
    {"power-on", {}, "The power key is pressed.", press_key},
    {"reachable", {}, "Ends unreachable.", change_reach<false>},
    {"registration-denied", {kCause, kLength}, "The network rejects the module.",
     change_coverage<Coverage::kDenied>, "registration-restored"},
    {"registration-lost", {kLength}, "The cell is gone, and the module searches.",
     change_coverage<Coverage::kLost>, "registration-restored"},
    {"registration-restored", {}, "The network is again what the configuration says.",
     restore_registration},
    {"registration-roaming", {kLength}, "Only partner networks are there.",
     change_coverage<Coverage::kRoaming>, "registration-restored"},
    {"registration-unknown", {kLength}, "The module is out of coverage and does not search.",
     change_coverage<Coverage::kUnknown>, "registration-restored"},
    {"reset", {}, "The reset pin is pulled.", reset_module},
    {"resume", {}, "Ends hang.", resume_module},
    {"serial-clear", {}, "Ends all faults of the serial line.", clear_line},
    {"server-restart", {kLength, kServer},
     "A simulated server, or each, forgets everything and is down for the duration.",
     restart_server},
    {"server-silent", {kLength, kServer}, "A simulated server, or each, does not answer.",
     silence_server},
    {"signal", {kRsrp}, "The signal strength changes.", change_signal},
    {"sim-fails", {kTrouble, kLength}, "The SIM card does not answer, for this reason.", break_sim,
     "sim-works"},
    {"sim-insert", {}, "The SIM card comes back into its holder.", insert_sim},
    {"sim-remove", {kLength}, "The SIM card is taken out of its holder.", remove_sim, "sim-insert"},
    {"sim-works", {}, "Ends sim-fails.", repair_sim},
    {"truncate-urc", {kKept}, "The end of the next URC is missing.", truncate_urc},
    {"ufs-fails", {kOperation, kLength}, "An operation of the file storage fails.",
     change_storage<true>, "ufs-works"},
    {"ufs-free", {}, "Ends ufs-full.", fill_storage<false>},
    {"ufs-full", {kLength}, "Nothing more goes into the file storage.", fill_storage<true>,
     "ufs-free"},
    {"ufs-works", {kOperation}, "Ends ufs-fails.", change_storage<false>},
    {"unreachable", {kLength}, "No socket can be made or connected.", change_reach<true>,
     "reachable"},
    {"wrong-length", {kDelta}, "The next +QCOAPRECV tells a length wrong by so much.",
     change_length},
};
static_assert(std::ranges::is_sorted(kVerbs, {}, &Verb::name));

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace vmodem::testbed
