// PSM, eDRX and sleep (27.007 §7.38, §7.40, §7.41; AT95 §6.7–6.13, §11.5).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "firmware/commands/network/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr TextParam::Shape kTimer{.size_min = 8, .size_max = 8, .sample = "00000100"};

constexpr IntParam<> kPsmMode{"mode", {0, 1}};
constexpr TextParam kPeriodicRau{"Requested_Periodic-RAU", kTimer};
constexpr TextParam kReadyTimer{"Requested_GPRS-READY-timer", kTimer};
constexpr TextParam kPeriodicTau{"Requested_Periodic-TAU", kTimer};
constexpr TextParam kActiveTime{"Requested_Active-Time", kTimer};

enum class EdrxMode : int { kOff = 0, kOn = 1, kOnAnnounced = 2, kReset = 3 };
// 27.007 §7.40: the form without a value is mode 3.
constexpr auto kEdrxMode = IntParam<EdrxMode>("mode", 0, 3).by_default(EdrxMode::kReset);
constexpr IntParam<EdrxType> kEdrxType{"AcT_type", {4, 5}};
constexpr TextParam kCycle{"Requested_eDRX_value",
                           {.size_min = 4, .size_max = 4, .sample = "0001"}};

constexpr IntParam<> kSlowClock{"n", {0, 1}};

constexpr std::array kEdrxTypes{EdrxType::kEmtc, EdrxType::kNbIot};

bool is_binary(std::string_view text) { return text.find_first_not_of("01") == text.npos; }

std::string in_quotes(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("\"{}\"", text);
}

Outcome read_psm(Services& services, Instant, const Arguments&) {
  const auto psm = load_psm(services.saved);
  return at::ok(fmt::format("+CPSMS: {},{},{},{},{}", static_cast<int>(psm.is_on),
                            in_quotes(psm.periodic_rau), in_quotes(psm.ready_timer),
                            in_quotes(psm.periodic_tau), in_quotes(psm.active_time)));
}

std::string in_quotes(std::optional<long> seconds) {
  return seconds ? fmt::format("\"{}\"", *seconds) : std::string();
}

// The network's values in seconds; empty while it has granted none.
Outcome read_granted_psm(Services& services, Instant, const Arguments&) {
  const bool is_on = load_psm(services.saved).is_on;
  if (!is_on || !services.radio.is_registered()) {
    return at::ok(fmt::format("+QPSMS: {},,,,", static_cast<int>(is_on)));
  }
  const auto timers = granted_timers(services.config.network, services.saved);
  return at::ok(fmt::format("+QPSMS: 1,,,{},{}", in_quotes(tau_seconds(timers.periodic_tau)),
                            in_quotes(active_time_seconds(timers.active_time))));
}

// 27.007 §7.38: the form without a value switches PSM off and forgets every timer.
Outcome reset_psm(Services& services, Instant now) {
  if (!forget_psm(services.saved)) return at::error();
  services.radio.negotiate_psm(now);
  return at::ok();
}

Outcome set_psm(Services& services, Instant now, const Arguments& args) {
  if (args.count() <= 1 && !args.has(kPsmMode)) return reset_psm(services, now);

  auto psm = load_psm(services.saved);
  if (const auto mode = args.find(kPsmMode)) psm.is_on = *mode == 1;
  struct Field {
    const TextParam& param;
    std::string& value;
  };
  for (const auto& field : {Field{kPeriodicRau, psm.periodic_rau}, {kReadyTimer, psm.ready_timer},
                            {kPeriodicTau, psm.periodic_tau}, {kActiveTime, psm.active_time}}) {
    if (!args.has(field.param)) continue;
    if (!is_binary(args.get(field.param))) return at::error();
    field.value = args.get(field.param);
  }
  if (!save_psm(services.saved, psm)) return at::error();
  services.radio.negotiate_psm(now);
  return at::ok();
}

Outcome read_edrx(Services& services, Instant, const Arguments&) {
  at::Response response;
  for (const auto type : kEdrxTypes) {
    const auto edrx = load_edrx(services.saved, type);
    if (!edrx.is_on) continue;
    response.lines.push_back(
        fmt::format("+CEDRXS: {},\"{}\"", static_cast<int>(type), edrx.cycle));
  }
  return response;
}

void switch_edrx(Services& services, bool is_on, const Arguments& args) {
  const auto only = args.find(kEdrxType);
  for (const auto type : kEdrxTypes) {
    if (only && type != *only) continue;
    auto edrx = load_edrx(services.saved, type);
    edrx.is_on = is_on;
    if (args.has(kCycle)) edrx.cycle = args.get(kCycle);
    set_edrx(services.saved, type, edrx);
  }
}

// Without an <AcT-type> every technology is meant.
bool concerns_serving_network(const Services& services, const Arguments& args) {
  const auto only = args.find(kEdrxType);
  const auto technology = services.radio.technology();
  return technology && (!only || edrx_type(*technology) == only);
}

Outcome set_edrx_mode(Services& services, Instant now, const Arguments& args) {
  if (!is_binary(args.get(kCycle))) return at::error();
  const auto mode = args.get(kEdrxMode);
  switch (mode) {
    case EdrxMode::kOff:
      switch_edrx(services, false, args);
      break;
    case EdrxMode::kOn:
      set_edrx_announced(services.saved, false);
      switch_edrx(services, true, args);
      break;
    case EdrxMode::kOnAnnounced:
      set_edrx_announced(services.saved, true);
      switch_edrx(services, true, args);
      break;
    case EdrxMode::kReset:
      forget_edrx(services.saved);
      break;
  }
  if (!services.saved.save()) return at::error();
  if (mode == EdrxMode::kOnAnnounced && concerns_serving_network(services, args)) {
    services.radio.negotiate_edrx(now);
  } else {
    services.radio.note_signalling(now);
  }
  return at::ok();
}

Outcome show_edrx_in_use(Services& services, Instant, const Arguments&) {
  const auto technology = services.radio.technology();
  const auto in_use =
      technology ? edrx_in_use(services.config.network, services.saved, *technology) : std::nullopt;
  return at::ok(fmt::format("+CEDRXRDP: {}", in_use.value_or("0")));
}

Outcome read_slow_clock(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+QSCLK: {}", services.slow_clock.mode));
}

Outcome set_slow_clock(Services& services, Instant, const Arguments& args) {
  services.slow_clock.mode = args.get(kSlowClock);
  return at::ok();
}

constexpr CommandSpec kPowerSavingCommands[] = {
    {.name = "+CEDRXRDP", .summary = "eDRX in use", .on_execute = show_edrx_in_use,
     .source = "27.007 §7.41, AT95 §6.13"},
    {.name = "+CEDRXS", .summary = "eDRX asked for", .write = {kEdrxMode, kEdrxType, kCycle},
     .optional = 3, .test = "+CEDRXS: (0-3),(4,5),(\"0000\"-\"1111\")", .on_read = read_edrx,
     .on_write = set_edrx_mode, .source = "27.007 §7.40, AT95 §6.11"},
    {.name = "+CPSMS", .summary = "Power saving mode asked for",
     .write = {kPsmMode, kPeriodicRau, kReadyTimer, kPeriodicTau, kActiveTime}, .optional = 5,
     .test = "+CPSMS: (0,1),(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\"),"
             "(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\")",
     .on_read = read_psm, .on_write = set_psm, .source = "27.007 §7.38, AT95 §6.7"},
    {.name = "+QPSMS", .summary = "Power saving mode asked for, and what the network grants",
     .write = {kPsmMode, kPeriodicRau, kReadyTimer, kPeriodicTau, kActiveTime}, .optional = 5,
     .test = "+QPSMS: (0,1),(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\"),"
             "(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\")",
     .on_read = read_granted_psm, .on_write = set_psm, .source = "AT95 §6.8"},
    {.name = "+QSCLK", .summary = "Sleep while DTR is off, where the port has it, kept until power-off",
     .write = {kSlowClock},
     .on_read = read_slow_clock, .on_write = set_slow_clock, .source = "AT95 §11.5"},
};
static_assert(at::is_sorted_by_name(kPowerSavingCommands));

}  // namespace

std::span<const CommandSpec> power_saving_commands() { return kPowerSavingCommands; }

}  // namespace vmodem::firmware
