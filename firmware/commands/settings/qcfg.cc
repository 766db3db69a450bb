// AT+QCFG (QCFG95 §3.1). The order of the rows is that of `=?` of a BG95-M3 (LOG-M3, LOG-M3b).
#include <algorithm>
#include <array>

#include "at_engine/text.h"
#include "firmware/commands/settings/qcfg_queries.h"
#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/commands/settings/qcfg_values.h"
#include "firmware/commands/settings/radio_settings.h"
#include "firmware/commands/settings/tables.h"
#include "firmware/commands/settings/tagged.h"
#include "firmware/handlers.h"
#include "firmware/settings/ring.h"

namespace vmodem::firmware {
namespace {

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
constexpr TagCommand kOther{.setting = kRingAtOther,
                            .summary = "RI circuit at other URCs, all there are",
                            .params = {kOtherType, kPulse, kPulseCount}};

constexpr WordParam kSignalType{"RI_signal_type", {"respective", "physical"}};
constexpr TagCommand kRiSignal{.setting = kRingSignalType,
                               .summary = "Whether the RI circuit rings for a URC of another port",
                               .params = {kSignalType}};
constexpr TagCommand kUrcDelay{.setting = kRingBeforeUrc,
                               .summary = "URCs wait for the end of the RI pulse",
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
                                  .summary = "Enter PSM at once after the release, kept until power-off",
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

constexpr TagCommand kFlowControl{
    .setting = {kQcfg, "cmux/flowctrl", "0", TagSetting::Lifetime::kUntilReset},
    .summary = "Flow control of CMUX",
    .params = {kSwitch}};
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
                           .normalise = uart_mask};
constexpr TagCommand kTimeUpdate{.setting = {kQcfg, "timeupdate", "1"},
                                 .summary = "The network sets the clock, stored",
                                 .params = {kSwitch}};
constexpr IntParam<> kGprsClass{"gprs_class",
                                {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                                 12, 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34}};
constexpr IntParam<> kEdgeClass{"edge_class", 0, 34};
constexpr TagCommand kMultislot{.setting = {kQcfg, "msclass", "12,12"},
                                .summary = "Multislot classes, stored",
                                .params = {kGprsClass, kEdgeClass},
                                .is_whole = true,
                                .test = "+QCFG: \"msclass\"[,((1-18)|(30-34)),(1-34)]"};
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

Outcome show_tags(Services& services, Instant, const Arguments&);

constexpr CommandSpec special(std::string_view tag, std::string_view summary,
                              at::Handler on_write, std::string_view source) {
  return {.name = kQcfg, .keyword = tag, .summary = summary, .on_write = on_write,
          .source = source, .evidence = Evidence::kCaptured};
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
    with_list(tag_row<kScanMode>("QCFG95 §3.1.1.1, LOG-M3")),
    tag_row<kDomain>("QCFG95 §3.1.1.2, LOG-M3"),
    tag_row<kSequence>("QCFG95 §3.1.1.3, LOG-M3"),
    with_params(special("band", "Bands to search", configure_bands, "QCFG95 §3.1.1.4, LOG-M3"),
                {kGsmBands, kEmtcBands, kNbIotBands, kEffect}, 4),
    with_test(special("bandrestore", "Restore the bands of the factory", restore_bands,
                      "QCFG95 §3.1.1.23, LOG-M3b"),
              "+QCFG: \"bandrestore\""),
    tag_row<kLteMode>("QCFG95 §3.1.1.5, LOG-M3"),
    with_test(special("celevel", "Coverage enhancement level of NB-IoT", show_coverage_level,
                      "QCFG95 §3.1.1.6, LOG-M3"),
              "+QCFG: \"celevel\",(0-2)"),
    tag_row<kRing>("QCFG95 §3.1.2.1, LOG-M3"),
    tag_row<kMessage>("QCFG95 §3.1.2.2, LOG-M3"),
    tag_row<kOther>("QCFG95 §3.1.2.3, LOG-M3"),
    tag_row<kRiSignal>("QCFG95 §3.1.2.4, LOG-M3"),
    tag_row<kUrcDelay>("QCFG95 §3.1.2.5, LOG-M3"),
    with_test(with_params(special("ledmode", "Network LED, stored", configure_led,
                                  "QCFG95 §3.1.2.6, LOG-M3"),
                          {kLedValue, kLedOn, kLedOff}, 3),
              "+QCFG: \"ledmode\",(0,1,3)"),
    with_test(with_params(special("gpio", "General purpose pins", configure_gpio,
                                  "QCFG95 §3.1.2.7, LOG-M3"),
                          {kGpioAction, kGpioPin, kGpioFirst, kGpioSecond, kGpioThird, kGpioSave},
                          4),
              "+QCFG: \"gpio\",<mode>,<pin>[,[<dir>,<pull>,<drv>]/[<val>][,<save>]]"),
    tag_row<kAirplane>("QCFG95 §3.1.2.8, LOG-M3"),
    tag_row<kMuxPort>("QCFG95 §3.1.2.9, LOG-M3"),
    tag_row<kApReady>("QCFG95 §3.1.2.10, LOG-M3"),
    tag_row<kNcc>("QCFG95 §3.1.1.7"),
    tag_row<kPsmEntering>("QCFG95 §3.1.1.8, LOG-M3"),
    tag_row<kPsmIndication>("QCFG95 §3.1.1.9, LOG-M3"),
    tag_row<kSimEffectTag>("QCFG95 §3.1.1.10, LOG-M3"),
    tag_row<kLapi>("QCFG95 §3.1.1.11, LOG-M3"),
    tag_row<kSnrScan>("QCFG95 §3.1.1.20, LOG-M3b"),
    tag_row<kUart>("QCFG95 §3.1.2.11, LOG-M3b"),
    tag_row<kNas>("QCFG95 §3.1.1.12"),
    tag_row<kApnDisplay>("LOG-M3"),
    tag_row<kIrat>("QCFG95 §3.1.1.13, LOG-M3"),
    tag_row<kBandPriority>("QCFG95 §3.1.1.14"),
    tag_row<kBip>("QCFG95 §3.1.1.24, LOG-M3"),
    with_params(special("timer", "T3402 in seconds", show_timer, "QCFG95 §3.1.1.25, LOG-M3"),
                {kTimer}, 0),
    tag_row<kTimeUpdate>("QCFG95 §3.1.1.26, LOG-M3b"),
    with_test(with_params(special("emmcause", "Why the network refuses the module",
                                  show_emm_cause, "QCFG95 §3.1.1.15, LOG-M3b"),
                          {kCauseFormat}, 1),
              "+QCFG: \"emmcause\"[,(0,1)]"),
    with_test(special("sibinfo", "Broadcast information of the serving cell",
                      show_cell_information, "QCFG95 §3.1.1.16, LOG-M3b"),
              "+QCFG: \"sibinfo\""),
    with_test(special("emmtimer", "T3402 and T3412 in seconds", show_emm_timers,
                      "QCFG95 §3.1.1.17, LOG-M3b"),
              "+QCFG: \"emmtimer\""),
    tag_row<kMultislot>("QCFG95 §3.1.1.18, LOG-M3b"),
    tag_row<kFgi>("QCFG95 §3.1.1.21"),
    tag_row<kOnChip>("QCFG95 §3.1.1.22, LOG-M3b"),
    tag_row<kFlowControl>("QCFG95 §3.1.2.13, LOG-M3"),
    with_test(with_params(special("fast/poweroff", "Pin that powers the module off, stored",
                                  configure_fast_off, "QCFG95 §3.1.2.14, LOG-M3"),
                          {kOffPin, kOffSwitch}, 2),
              "+QCFG: \"fast/poweroff\",<pin>,(0,1)"),
    tag_row<kDebug>("QCFG95 §3.1.2.12, LOG-M3b"),
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
