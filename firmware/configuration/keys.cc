#include "firmware/configuration/keys.h"

#include <algorithm>
#include <array>
#include <limits>

#include "firmware/configuration/cellular_keys.h"
#include "firmware/configuration/dialect_keys.h"
#include "firmware/configuration/faults.h"
#include "firmware/configuration/places.h"
#include "firmware/configuration/texts/clock_mode.h"
#include "firmware/configuration/texts/internet.h"
#include "firmware/configuration/texts/listening.h"
#include "firmware/configuration/texts/radio.h"
#include "firmware/configuration/texts/serving.h"
#include "net/listen_address.h"

namespace vmodem::app {
namespace {

using firmware::Features;
using firmware::Identity;
using firmware::PdpConfig;
using firmware::PowerConfig;
using firmware::RadioConfig;
using firmware::Readings;
using firmware::Signal;
using firmware::SimConfig;

constexpr std::array<std::string_view, 2> kNetworkModeWords{"loopback", "host"};
constexpr std::array<std::string_view, 6> kLogLevelWords{"trace",   "debug", "info",
                                                         "warning", "error", "off"};
constexpr std::array<std::string_view, 3> kLintWords{"off", "report", "error"};
constexpr std::array<std::string_view, 2> kStartWords{"booted", "cold"};
constexpr std::array<std::string_view, 2> kBootWords{"instant", "realistic"};
constexpr std::array<std::string_view, 2> kPortWords{"stays", "reappears"};
constexpr std::int64_t kUfsSizeMax = 1 << 30;
constexpr auto kSeedMax = std::numeric_limits<std::int64_t>::max();  // TOML's largest integer

constexpr auto kSimDelayMax = 60s;
constexpr std::int64_t kTemperatureMin = -40;
constexpr std::int64_t kTemperatureMax = 125;

template <auto kMember>
constexpr IntegerKey temperature() {
  return integer<kMember>(kTemperatureMin, kTemperatureMax);
}

constexpr ListKey kOperatorList{
    ';', allowed_operators, [](Config& config) { config.modem.network.operators.clear(); },
    [](Config& config, std::string_view text) { return add_operator(config.modem.network, text); },
    [](const Config& config) { return operator_texts(config.modem.network); }};
constexpr ListKey kTimelineList{
    ',', allowed_timeline, [](Config& config) { config.modem.network.timeline.clear(); },
    [](Config& config, std::string_view text) { return add_stage(config.modem.network, text); },
    [](const Config& config) { return stage_texts(config.modem.network); }};

constexpr ListKey kFaultList{
    .separator = ';',
    .allowed = allowed_faults,
    .clear = [](Config& config) { config.faults.clear(); },
    .add = [](Config& config, std::string_view text) { return add_fault(config.faults, text); },
    .get = [](const Config& config) { return fault_texts(config.faults); },
    .why = [](const Config&, std::string_view text) { return why_no_fault(text); }};

bool add_host_port(Config& config, std::string_view text) {
  std::string address(text);
  if (!accept_host_port(address)) return false;
  config.listen.push_back(std::move(address));
  return true;
}

std::optional<net::SyntaxError> why_no_host_port(const Config&, std::string_view text) {
  const auto address = net::parse_host_port_address(text);
  if (address) return std::nullopt;
  return address.error();
}

constexpr ListKey kListenList{.separator = kNoSeparator,
                              .allowed = allowed_host_port,
                              .clear = [](Config& config) { config.listen.clear(); },
                              .add = add_host_port,
                              .get = [](const Config& config) { return config.listen; },
                              .count_max = 8,
                              .why = why_no_host_port};

bool add_serving(Config& config, std::string_view text) {
  const auto serving = parse_serving(text);
  if (!serving) return false;
  config.serve.addresses.push_back(to_string(*serving));
  return true;
}

std::optional<net::SyntaxError> why_no_serving(const Config&, std::string_view text) {
  const auto serving = parse_serving(text);
  if (serving) return std::nullopt;
  return serving.error();
}

constexpr ListKey kServingList{.separator = kNoSeparator,
                               .allowed = allowed_serving,
                               .clear = [](Config& config) { config.serve.addresses.clear(); },
                               .add = add_serving,
                               .get = [](const Config& config) { return config.serve.addresses; },
                               .count_max = 8,
                               .why = why_no_serving};

constexpr TextKey kCalendarStart{
    allowed_calendar, accept_calendar,
    [](const Config& config) { return calendar_text(config.internet.calendar_start); },
    [](Config& config, std::string text) {
      config.internet.calendar_start = parse_calendar(text).value();
    }};

constexpr ConfigKey kConfigKeys[] = {
    {"link", text<&Config::link>(kPathText), "A stable symbolic link to the port; empty for none."},
    {"listen", kListenList,
     "Where hosts connect beside the PTY, port 0 for any that is free; rfc2217: with circuits."},
    {"seed", integer<&Config::seed>(0, kSeedMax),
     "Repeats the chance of an earlier run; drawn anew and logged at info when absent."},

    {"faults", kFaultList, "What goes wrong, and when; without @WHEN from the start."},
    {"scenario", text<&Config::scenario>(kPathText),
     "A file with a fault a line, as WHEN: VERB; empty for none."},
    {"lint", word<&Config::lint>(kLintWords),
     "Whether what the host does wrong is told: in the journal, the log and at the end; error: "
     "then the exit status is 3."},

    {"time.mode",
     TextKey{allowed_clocks, accept_clock,
             [](const Config& config) { return clock_text(config.time); },
             [](Config& config, std::string text) { set_clock(config.time, text); }},
     "How time passes for the module: with the wall; always so many times faster, so that real "
     "servers and hosts look slower; or in jumps from one deadline to the next as soon as nothing "
     "is left to do, but with the wall while a real peer or the host is waited for; or only as the "
     "control interface moves it."},
    {"time.grace", duration<&TimeConfig::grace>(0s, 10s),
     "How long the serial line is quiet before a virtual clock jumps."},

    {"identity.model", text<&Identity::model>(kModelText),
     "The module that is simulated, in letters of either case."},
    {"identity.revision", text<&Identity::revision>(kPrintableText),
     "The firmware revision of AT+GMR; empty for the model's own."},
    {"identity.sub_revision", text<&Identity::sub_revision>(kPrintableText),
     "What AT+QGMR prints behind the revision."},
    {"identity.imei", text<&Identity::imei>(kFifteenDigits), "The serial number of AT+GSN."},
    {"identity.imsi", text<&Identity::imsi>(kFifteenDigits), "The subscriber identity of AT+CIMI."},
    {"identity.iccid", text<&Identity::iccid>(kIccidText), "The SIM card number of AT+QCCID."},
    {"identity.later_firmware", boolean<&Identity::later_firmware>(),
     "AT+QCFG=? and AT+QICFG=? list what firmware after 01.011 added."},

    {"power.at_start", word<&PowerConfig::cold_start>(kStartWords),
     "The module has booted and is silent, or is switched on and prints its boot chain."},
    {"power.boot", word<&PowerConfig::boot>(kBootWords),
     "The boot chain takes milliseconds, or seconds as on a module."},
    {"power.on_after", duration_or<&PowerConfig::on_after>("never", 0s, 1h),
     "From POWERED DOWN to the next power-on."},
    {"power.detach_time", duration<&PowerConfig::detach_time>(0s, 60s),
     "From the OK of AT+QPOWD to POWERED DOWN."},
    {"power.announce_reset", boolean<&PowerConfig::announce_reset>(),
     "AT+CFUN=1,1 prints POWERED DOWN, as one BG96 did."},
    {"power.port", word<&Config::port_reappears>(kPortWords),
     "The port stays while the module is off, or goes with the power and reappears under its "
     "link."},

    {"sim.present", boolean<&SimConfig::present>(), "A card is in the holder at power-on."},
    {"sim.pin", text<&SimConfig::pin>(kPinText), "The PIN of the card, until the host changes it."},
    {"sim.puk", text<&SimConfig::puk>(kPukText), "The PUK of the card."},
    {"sim.pin_enabled", boolean<&SimConfig::pin_enabled>(),
     "The card asks for its PIN at power-on."},
    {"sim.pin_retries", integer<&SimConfig::pin_retries>(0, 3),
     "Attempts left at the PIN; with 0 the card asks for its PUK."},
    {"sim.puk_retries", integer<&SimConfig::puk_retries>(0, 10),
     "Attempts left at the PUK; with 0 of both the card is blocked for ever."},
    {"sim.ready_delay", duration<&SimConfig::ready_delay>(0s, kSimDelayMax),
     "From power-on or insertion to +CPIN."},
    {"sim.sms_ready_delay", duration<&SimConfig::sms_ready_delay>(0s, kSimDelayMax),
     "From +QUSIM: 1 to +QIND: SMS DONE."},

    {"pdp.activation_time", duration<&PdpConfig::activation_time>(0s, 150s),
     "From the command to the network's answer."},
    {"pdp.refuses_activation", boolean<&PdpConfig::refuses_activation>(),
     "The network refuses every context."},
    {"pdp.deactivation_time", duration<&PdpConfig::deactivation_time>(0s, 40s),
     "From AT+QIDEACT of an active context to its OK."},
    {"pdp.ipv4", text<&PdpConfig::ipv4>(kIpv4Text),
     "The address that the network gives context 1, and the next ones to the others."},
    {"pdp.ipv6_prefix", text<&PdpConfig::ipv6_prefix>(kIpv6PrefixText),
     "The network gives context n the address prefix::n."},
    {"pdp.primary_dns", text<&PdpConfig::primary_dns>(kAddressText),
     "The name server that AT+QIDNSCFG has from the network."},
    {"pdp.secondary_dns", text<&PdpConfig::secondary_dns>(kAddressText),
     "The second name server that AT+QIDNSCFG has from the network."},

    {"clock.start", text<&ClockTexts::start>(kStartTimeText),
     "What AT+CCLK? shows at the start of the program, with its zone, until a time is told."},
    {"clock.network", text<&ClockTexts::network>(kNetworkTimeText),
     "What time it is for the network, which tells it at every registration; empty: it does not."},
    {"clock.network_zone", integer<&ClockTexts::network_zone>(-48, 56),
     "The zone that comes with the network's time, in quarters of an hour."},
    {"clock.daylight_saving", integer<&ClockTexts::daylight_saving>(0, 2),
     "How many hours of that zone are daylight saving."},

    {"radio.operators", kOperatorList,
     "The networks on the air, each on one technology with its cell."},
    {"radio.timeline", kTimelineList,
     "What the network offers from each start of the radio on; empty: home at once."},
    {"radio.rssi_dbm", integer<&Signal::rssi_dbm>(-113, -51), "The RSSI of AT+CSQ and AT+QCSQ."},
    {"radio.ber", integer<&Signal::ber>(0, 7, 99), "The bit error rate of AT+CSQ; 99 for unknown."},
    {"radio.rsrp_dbm", integer<&Signal::rsrp_dbm>(-140, -44), "The RSRP of AT+QCSQ."},
    {"radio.sinr_db", number<&Signal::sinr_db>(-20, 30), "The SINR of AT+QCSQ."},
    {"radio.rsrq_db", integer<&Signal::rsrq_db>(-20, -3), "The RSRQ of AT+QCSQ."},
    {"radio.connection_release", duration<&RadioConfig::connection_release>(0s, 1h),
     "Without traffic for so long the radio connection becomes idle."},
    {"radio.granted_tau", text<&RadioConfig::granted_tau>(kTimerText),
     "The T3412 extended that the network grants; empty: as AT+CPSMS asks."},
    {"radio.granted_active_time", text<&RadioConfig::granted_active_time>(kTimerText),
     "The T3324 that the network grants; empty: as AT+CPSMS asks."},
    {"radio.granted_edrx", text<&RadioConfig::granted_edrx>(kCycleText),
     "The eDRX cycle that the network grants; empty: as AT+CEDRXS asks."},
    {"radio.paging_window", text<&RadioConfig::paging_window>(kWindowText),
     "The paging time window that comes with eDRX."},

    {"readings.battery_percent", integer<&Readings::battery_percent>(0, 100),
     "The charge of AT+CBC."},
    {"readings.battery_mv", integer<&Readings::battery_mv>(2600, 4800),
     "The supply voltage of AT+CBC, in mV."},
    {"readings.adc_mv", integer<&Readings::adc_mv>(0, 1800),
     "The voltage at the pin of AT+QADC, in mV."},
    {"readings.pmic_temperature_c", temperature<&Readings::pmic_temperature_c>(),
     "The first temperature of AT+QTEMP, in °C."},
    {"readings.xo_temperature_c", temperature<&Readings::xo_temperature_c>(),
     "The second temperature of AT+QTEMP, in °C."},
    {"readings.pa_temperature_c", temperature<&Readings::pa_temperature_c>(),
     "The third temperature of AT+QTEMP, in °C."},

    {"features.coap", boolean<&Features::coap>(),
     "The commands AT+QCOAP… exist; false: unknown, as in firmware built without them."},

    {"network.mode", word<&NetworkConfig::mode>(kNetworkModeWords),
     "How far the module reaches where no route leads; loopback sends no DNS query."},

    {"state.directory", text<&StateConfig::directory>(kPathText),
     "Where what outlives a power-off is kept, the files too; empty for memory."},
    {"state.new", boolean<&StateConfig::starts_new>(),
     "The module begins as a new one: settings that the directory has are not read."},

    {"ufs.directory", text<&UfsConfig::directory>(kPathText),
     "Where the module's files are kept; empty for the state directory, or memory."},
    {"ufs.total_size", integer<&ufs::Limits::total_size>(1, kUfsSizeMax),
     "What AT+QFLDS prints as the total, in octets."},
    {"ufs.reserved_size", integer<&ufs::Limits::reserved_size>(0, kUfsSizeMax),
     "What the module's own files take of the total, in octets."},
    {"ufs.open_count_max", integer<&ufs::Limits::open_count_max>(1, 64),
     "Files that may be open at once."},

    {"dtls.key_log", text<&Config::key_log>(kPathText),
     "The file that session keys are appended to, in the NSS format; empty for none."},

    {"journal.file", text<&Config::journal>(kPathText),
     "The file that is told what happens, as JSON lines; empty for none."},
    {"journal.explain", boolean<&Config::explains>(),
     "The log tells the chain of causes behind each result that is not a success."},

    {"record.file", text<&Config::record>(kPathText),
     "The file that keeps what goes into the run, its secrets too; empty for none."},

    {"capture.file", text<&Config::capture>(kPathText),
     "The file or FIFO that a capture for Wireshark is written to, with the session keys; - for "
     "standard output, empty for none."},

    {"transcript.file", text<&Config::transcript>(kPathText),
     "The file that the dialogue is recorded in as a transcript, secrets too; - for standard "
     "output, empty for none."},
    {"transcript.redacted", boolean<&Config::redacts_transcript>(),
     "The transcript masks what is secret; it can be read, and not played."},

    {"control.address", text<&ControlConfig::address>(kListeningText),
     "Where the control interface listens, port 0 for any that is free; empty for none."},
    {"control.token_file", text<&ControlConfig::token_file>(kPathText),
     "The file of the token that clients of the control interface give, made where it is missing; "
     "empty: none is asked for on a socket with a name, and a port has a file of its own."},
    {"control.window", text<&ControlConfig::window>(kPagePlaceText),
     "Where a browser gets the live window, port 0 for any that is free; empty: nowhere."},

    {"serve.addresses", kServingList,
     "Where the servers of a host of the simulated internet answer others than the module, DTLS on "
     "the port behind; port 0 for any that are free; without HOST the first server of this "
     "configuration, or coap.sim."},
    {"serve.anywhere", boolean<&ServeConfig::is_anywhere>(),
     "Those addresses may be others than of loopback."},

    {"log.level", word<&LogConfig::level>(kLogLevelWords), "The least severe message logged."},
    {"log.file", text<&LogConfig::file>(kPathText),
     "The file the log is appended to; empty for standard error."},
};
constexpr ConfigKey kInternetKeys[] = {
    {"internet.shipped", boolean<&InternetConfig::shipped>(),
     "The servers and hosts that are shipped are there, beside those of servers and hosts."},
    {"internet.calendar_start", kCalendarStart,
     "What its time servers and clocks tell when the run starts."},
    {"internet.unknown_name_delay", duration<&InternetConfig::unknown_name_delay>(0s, 1h),
     "How long the name server takes to say that there is no such name."},
    {"internet.datagrams_max", integer<&InternetConfig::datagrams_max>(1, 1 << 20),
     "Datagrams that may wait to be fetched; more are dropped."},
};
static_assert(std::ranges::none_of(kConfigKeys, [](const ConfigKey& key) {
  return std::ranges::count(kConfigKeys, key.name, &ConfigKey::name) != 1;
}));

}  // namespace

std::span<const ConfigKey> config_keys() {
  static const auto kAll = [] {
    std::vector<ConfigKey> all(std::begin(kConfigKeys), std::end(kConfigKeys));
    for (const auto& row : dialect_keys()) all.push_back(row.key);
    for (const auto keys : {cellular_keys(), std::span<const ConfigKey>(kInternetKeys)}) {
      all.insert(all.end(), keys.begin(), keys.end());
    }
    return all;
  }();
  return kAll;
}

bool is_module_key(std::string_view name) {
  constexpr std::string_view kSections[] = {"clock.", "dialect.", "features.",
                                            "identity.", "pdp.", "power.",
                                            "radio.", "readings.", "sim."};
  return std::ranges::any_of(kSections, [&](auto section) { return name.starts_with(section); });
}

bool is_program_key(std::string_view name) {
  constexpr std::string_view kKeys[] = {"dtls.key_log", "journal.explain", "journal.file", "link",
                                        "listen",       "record.file",     "ufs.directory"};
  constexpr std::string_view kSections[] = {"capture.", "control.", "log.", "serve.",
                                            "state.",   "transcript."};
  return std::ranges::find(kKeys, name) != std::end(kKeys) ||
         std::ranges::any_of(kSections, [&](auto section) { return name.starts_with(section); });
}

const ConfigKey* find_config_key(std::string_view name) {
  return find_key(config_keys(), name);
}

}  // namespace vmodem::app
