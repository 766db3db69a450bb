// AT+QCFG (QCFG95 §2). The order of the rows is that of `=?` of a BG95-M3 (LOG-M3, LOG-M3b).
#include <algorithm>
#include <array>

#include "at_engine/text.h"
#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/commands/settings/qcfg_values.h"
#include "firmware/commands/settings/radio_settings.h"
#include "firmware/commands/settings/tables.h"
#include "firmware/commands/settings/tagged.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr std::string_view kSource = "QCFG95 §2";

constexpr IntParam<> kLevel{"level", {0, 1}};
constexpr IntParam<> kUpToTwo{"mode", 0, 2};

template <std::string SearchSettings::*kSetting>
void apply(Services& services, Instant now) {
  apply_search_setting(services, now, kSetting);
}

constexpr IntParam<> kScanModeValue{"scanmode", {0, 1, 3}};
constexpr TagCommand kScanMode{.setting = kNetworkScanMode,
                               .summary = "Technologies to search: both, GSM or LTE",
                               .params = {kScanModeValue, kEffect},
                               .modifiers = 1,
                               .is_available = has_gsm,
                               .on_effect = apply<&SearchSettings::scan_mode>};

constexpr IntParam<> kDomainValue{"service", {1, 2}};
constexpr TagCommand kDomain{.setting = kServiceDomain,
                             .summary = "Service domain: PS, or CS and PS, stored",
                             .params = {kDomainValue, kEffect},
                             .modifiers = 1};

constexpr TextParam kSequenceValue{
    "scanseq", {.size_min = 2, .size_max = 6, .bare = Bare::kDigits, .sample = "020301"}};
constexpr TagCommand kSequence{.setting = kNetworkScanSequence,
                               .summary = "Order of the search",
                               .params = {kSequenceValue, kEffect},
                               .modifiers = 1,
                               .test = "+QCFG: \"nwscanseq\",(00-010203),(0,1)",
                               .normalise = normalise_sequence,
                               .is_available = has_nb_iot,
                               .on_effect = apply<&SearchSettings::sequence>};

constexpr TagCommand kLteMode{.setting = kIotOpMode,
                              .summary = "LTE category to search: eMTC, NB-IoT or both",
                              .params = {kUpToTwo, kEffect},
                              .modifiers = 1,
                              .is_available = has_nb_iot,
                              .on_effect = apply<&SearchSettings::lte_mode>};

constexpr WordParam kRingType{"typeRI", {"off", "pulse", "always", "auto", "wave"}};
constexpr WordParam kMessageType{"typeRI", {"off", "pulse", "always"}};
constexpr WordParam kOtherType{"typeRI", {"off", "pulse"}};
constexpr IntParam<> kPulse{"pulse_duration", 1, 2000};
constexpr IntParam<> kActive{"active_duration", 1, 10000};
constexpr IntParam<> kInactiveDuration{"inactive_duration", 1, 10000};
constexpr WordParam kNoDisturbing{"ring_no_disturbing", {"off", "on"}};
constexpr IntParam<> kPulseCount{"pulse_count", 1, 5};
constexpr TagCommand kRing{
    .setting = {kQcfg, "urc/ri/ring", "\"pulse\",120,1000,5000,\"off\",1"},
    .summary = "RI pin at RING, stored",
    .params = {kRingType, kPulse, kActive, kInactiveDuration, kNoDisturbing, kPulseCount}};
constexpr TagCommand kMessage{.setting = {kQcfg, "urc/ri/smsincoming", "\"pulse\",120,1"},
                              .summary = "RI pin at an SMS, stored",
                              .params = {kMessageType, kPulse, kPulseCount}};
constexpr TagCommand kOther{.setting = {kQcfg, "urc/ri/other", "\"pulse\",120,1"},
                            .summary = "RI pin at other URCs, stored",
                            .params = {kOtherType, kPulse, kPulseCount}};

constexpr WordParam kSignalType{"RI_signal_type", {"respective", "physical"}};
constexpr TagCommand kRiSignal{.setting = {kQcfg, "risignaltype", "\"respective\""},
                               .summary = "Which RI pin is used, stored",
                               .params = {kSignalType}};
constexpr TagCommand kUrcDelay{.setting = {kQcfg, "urc/delay", "0"},
                               .summary = "URCs wait for the end of the RI pulse, stored",
                               .params = {kSwitch}};

constexpr TagCommand kAirplane{.setting = kAirplaneControl,
                               .summary = "W_DISABLE# controls the airplane mode, stored",
                               .params = {kSwitch}};
constexpr IntParam<> kPort{"URC_port", 0, 4};
constexpr TagCommand kMuxPort{.setting = {kQcfg, "cmux/urcport", "2"},
                              .summary = "URC port of CMUX, stored",
                              .params = {kPort}};
constexpr IntParam<> kReadyTime{"time", 100, 3000};
constexpr TagCommand kApReady{.setting = {kQcfg, "apready", "0,0,500"},
                              .summary = "AP_READY pin, stored",
                              .params = {kSwitch, kLevel, kReadyTime}};

constexpr TextParam::Shape kBits{.size_min = 1, .size_max = 10, .bare = Bare::kAny, .sample = "0"};
constexpr TextParam kNccBits{"NCC_conf", kBits};
constexpr TextParam kNasBits{"NAS_conf", kBits};

constexpr TagCommand kNcc{
    .setting = {kQcfg, "nccconf", "1FF"},
    .summary = "Features of NB-IoT, stored",
    .params = {kNccBits},
    .test = "+QCFG: \"nccconf\",(0-1FF)",
    .normalise = [](std::string_view given) { return upper_mask(given, "1ff"); },
    .evidence = Evidence::kInferred};
constexpr TagCommand kPsmEntering{.setting = kPsmEnter,
                                  .summary = "Enter PSM at once after the release, stored",
                                  .params = {kSwitch}};
constexpr TagCommand kPsmIndication{
    .setting = kPsmReport, .summary = "+QPSMTIMER when PSM is granted", .params = {kSwitch}};
constexpr TagCommand kSimEffectTag{.setting = kSimEffect,
                                   .summary = "SIM parameters override the module's, stored",
                                   .params = {kSwitch}};
constexpr IntParam<> kLowPriority{"lapi", 0, 2};
constexpr TagCommand kLapi{.setting = {kQcfg, "lapiconf", "2,0"},
                           .summary = "Low access priority, stored",
                           .params = {kLowPriority, kSwitch}};
constexpr TagCommand kNas{
    .setting = {kQcfg, "nasconfig", "0"},
    .summary = "Features of the NAS layer, stored",
    .params = {kNasBits},
    .test = "+QCFG: \"nasconfig\",(0-7FFF)",
    .normalise = [](std::string_view given) { return upper_mask(given, "7fff"); },
    .evidence = Evidence::kInferred};
constexpr TagCommand kApnDisplay{.setting = {kQcfg, "apn/display", "0"},
                                 .summary = "Show the APN in use, stored",
                                 .params = {kSwitch},
                                 .evidence = Evidence::kInferred};
constexpr IntParam<> kGsmTimer{"GSM_to_LTE", 5, 300};
constexpr IntParam<> kNbTimer{"NB_to_eMTC", 5, 20};
constexpr TagCommand kIrat{.setting = {kQcfg, "irat/timer", "60,20"},
                           .summary = "Minutes between searches for a better technology, stored",
                           .params = {kGsmTimer, kNbTimer}};

constexpr TextParam kBandPairs{
    "band_priority_seq", {.size_min = 2, .size_max = 64, .bare = Bare::kAny, .sample = "05"}};
constexpr TagCommand kBandPriority{.setting = {kQcfg, "nb1/bandprior", "00"},
                                   .summary = "Order of the NB-IoT bands, stored",
                                   .params = {kBandPairs},
                                   .normalise = normalise_band_pairs,
                                   .evidence = Evidence::kInferred};

constexpr IntParam<> kUpToThree{"mode", 0, 3};
constexpr TagCommand kBip{.setting = {kQcfg, "bip/auth", "0"},
                          .summary = "Authentication of BIP, stored",
                          .params = {kUpToThree}};

constexpr IntParam<> kTimer{"timer", {3402}};

Outcome show_timer(Services&, Instant, const Arguments&) {
  // LOG-M3: the answer does not repeat the tag. T3402 is 720 s (24.301 §10.2).
  return at::ok("+QCFG: 720");
}

constexpr TagCommand kFlowControl{
    .setting = {kQcfg, "cmux/flowctrl", "0", TagSetting::Lifetime::kUntilReset},
    .summary = "Flow control of CMUX",
    .params = {kSwitch}};
constexpr IntParam<> kOffPin{"pin", 1, 102, at::Printed::kName};
constexpr TagCommand kFastOff{.setting = {kQcfg, "fast/poweroff", "0"},
                              .summary = "Pin that powers the module off, stored",
                              .params = {kOffPin, kSwitch}};

// Coverage enhancement level 0: the normal one.
Outcome show_coverage_level(Services&, Instant, const Arguments&) {
  return at::ok("+QCFG: \"celevel\",0");
}

// The remaining tags are those of later firmware (LOG-M3b); the defaults of some are written
// nowhere.
constexpr TagCommand kSnrScan{.setting = {kQcfg, "snrscan", "2"},
                              .summary = "SNR threshold of the search, stored",
                              .params = {kUpToTwo},
                              .test = "+QCFG: \"snrscan\"[,(0-2)]"};
constexpr TextParam kUartBits{
    "uart_conf", {.size_min = 1, .size_max = 4, .bare = Bare::kAny, .sample = "0x00"}};
constexpr TagCommand kUart{.setting = {kQcfg, "uartcfg", "0x00"},
                           .summary = "UART features, stored",
                           .params = {kUartBits},
                           .test = "+QCFG: \"uartcfg\",(0-15)",
                           .normalise = nibble_mask};
constexpr TagCommand kTimeUpdate{.setting = {kQcfg, "timeupdate", "1"},
                                 .summary = "The network sets the clock, stored",
                                 .params = {kSwitch}};
constexpr TagCommand kEmmCause{.setting = {kQcfg, "emmcause", "0"},
                               .summary = "Report EMM causes, stored",
                               .params = {kSwitch},
                               .test = "+QCFG: \"emmcause\"[,(0,1)]",
                               .evidence = Evidence::kInferred};
constexpr IntParam<> kGprsClass{"gprs_class",
                                {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34}};
constexpr IntParam<> kEdgeClass{"edge_class", 1, 34};
constexpr TagCommand kMultislot{.setting = {kQcfg, "msclass", "33,33"},
                                .summary = "Multislot classes, stored",
                                .params = {kGprsClass, kEdgeClass},
                                .test = "+QCFG: \"msclass\"[,((1-18)|(30-34)),(1-34)]",
                                .evidence = Evidence::kInferred};
constexpr TextParam kFgiBits{"FGI", kBits};
constexpr TagCommand kFgi{
    .setting = {kQcfg, "fgiconfig", "0"},
    .summary = "Feature group indicators, stored",
    .params = {kFgiBits},
    .test = "+QCFG: \"fgiconfig\"[,(0-FFFFFFFF)]",
    .normalise = [](std::string_view given) { return upper_mask(given, "ffffffff"); },
    .evidence = Evidence::kInferred};
constexpr TagCommand kOnChip{.setting = {kQcfg, "sim/onchip", "0"},
                             .summary = "SIM on the chip, stored",
                             .params = {kSwitch, kEffect},
                             .modifiers = 1,
                             .test = "+QCFG: \"sim/onchip\"[,(0,1)[,(0,1)]]"};
constexpr TagCommand kDebug{.setting = {kQcfg, "dbgctl", "2"},
                            .summary = "Debug output, stored",
                            .params = {kUpToTwo}};

// Information that this module never has.
Outcome show_nothing(Services&, Instant, const Arguments&) { return at::ok(); }

Outcome show_tags(Services& services, Instant, const Arguments&);

constexpr CommandSpec special(std::string_view tag, std::string_view summary,
                              at::Handler on_write) {
  return {.name = kQcfg, .keyword = tag, .summary = summary, .on_write = on_write,
          .source = kSource, .evidence = Evidence::kCaptured};
}

constexpr CommandSpec with_test(CommandSpec row, std::string_view test) {
  row.test = test;
  return row;
}

constexpr CommandSpec with_params(CommandSpec row, const at::ParamList& params,
                                  std::size_t optional) {
  row.write = params;
  row.optional = optional;
  return row;
}

constexpr CommandSpec with_list(CommandSpec row) {
  row.on_test = show_tags;
  return row;
}

constexpr CommandSpec kQcfgCommands[] = {
    with_list(tag_row<kScanMode>(kSource)),
    tag_row<kDomain>(kSource),
    tag_row<kSequence>(kSource),
    with_params(special("band", "Bands to search", configure_bands),
                {kGsmBands, kEmtcBands, kNbIotBands, kEffect}, 4),
    with_test(special("bandrestore", "Restore the bands of the factory", restore_bands),
              "+QCFG: \"bandrestore\""),
    tag_row<kLteMode>(kSource),
    with_test(special("celevel", "Coverage enhancement level of NB-IoT", show_coverage_level),
              "+QCFG: \"celevel\",(0-2)"),
    tag_row<kRing>(kSource),
    tag_row<kMessage>(kSource),
    tag_row<kOther>(kSource),
    tag_row<kRiSignal>(kSource),
    tag_row<kUrcDelay>(kSource),
    with_test(with_params(special("ledmode", "Network LED, stored", configure_led),
                          {kLedValue, kLedOn, kLedOff}, 3),
              "+QCFG: \"ledmode\",(0,1,3)"),
    with_test(with_params(special("gpio", "General purpose pins", configure_gpio),
                          {kGpioAction, kGpioPin, kGpioFirst, kGpioSecond, kGpioThird, kGpioSave},
                          4),
              "+QCFG: \"gpio\",<mode>,<pin>[,[<dir>,<pull>,<drv>]/[<val>][,<save>]]"),
    tag_row<kAirplane>(kSource),
    tag_row<kMuxPort>(kSource),
    tag_row<kApReady>(kSource),
    tag_row<kNcc>(kSource),
    tag_row<kPsmEntering>(kSource),
    tag_row<kPsmIndication>(kSource),
    tag_row<kSimEffectTag>(kSource),
    tag_row<kLapi>(kSource),
    tag_row<kSnrScan>(kSource),
    tag_row<kUart>(kSource),
    tag_row<kNas>(kSource),
    tag_row<kApnDisplay>(kSource),
    tag_row<kIrat>(kSource),
    tag_row<kBandPriority>(kSource),
    tag_row<kBip>(kSource),
    with_params(special("timer", "T3402 in seconds", show_timer), {kTimer}, 0),
    tag_row<kTimeUpdate>(kSource),
    tag_row<kEmmCause>(kSource),
    with_test(special("sibinfo", "Broadcast information, none", show_nothing),
              "+QCFG: \"sibinfo\""),
    with_test(special("emmtimer", "Running EMM timers, none", show_nothing),
              "+QCFG: \"emmtimer\""),
    tag_row<kMultislot>(kSource),
    tag_row<kFgi>(kSource),
    tag_row<kOnChip>(kSource),
    tag_row<kFlowControl>(kSource),
    tag_row<kFastOff>(kSource),
    tag_row<kDebug>(kSource),
};
static_assert(at::is_sorted_by_name(kQcfgCommands));

bool is_later(const Identity& identity) { return identity.later_firmware; }
bool is_earlier(const Identity& identity) { return !identity.later_firmware; }

// Who is not in every list. Firmware answers more tags than it lists, so being later hides a tag
// from the list only; the other conditions refuse it too.
struct Condition {
  std::string_view tag;
  bool (*is_listed)(const Identity& identity);
};
constexpr Condition kConditions[] = {
    {"nwscanmode", has_gsm},   {"nwscanseq", has_nb_iot}, {"iotopmode", has_nb_iot},
    {"bandrestore", is_later}, {"snrscan", is_later},     {"uartcfg", is_later},
    {"timeupdate", is_later},  {"emmcause", is_later},    {"sibinfo", is_later},
    {"emmtimer", is_later},    {"msclass", is_later},     {"fgiconfig", is_later},
    {"sim/onchip", is_later},  {"dbgctl", is_later},      {"apn/display", is_earlier},
};

bool is_listed(const Identity& identity, const CommandSpec& row) {
  return std::ranges::all_of(kConditions, [&](const Condition& condition) {
    return condition.tag != row.keyword || condition.is_listed(identity);
  });
}

Outcome show_tags(Services& services, Instant, const Arguments&) {
  const auto& identity = services.config.identity;
  at::Response response;
  for (const auto& row : kQcfgCommands) {
    if (!is_listed(identity, row)) continue;
    response.lines.push_back(row.keyword == "band" ? band_test_line(identity)
                                                   : at::test_line(row));
  }
  return response;
}

}  // namespace

std::span<const CommandSpec> qcfg_commands() { return kQcfgCommands; }

}  // namespace vmodem::firmware
