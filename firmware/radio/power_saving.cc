#include "firmware/radio/power_saving.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdlib>

namespace vmodem::firmware {
namespace {

constexpr SavedNumber kPsmMode{"cpsms.mode", 0};
constexpr SavedText kPeriodicRau{"cpsms.rau"};
constexpr SavedText kReadyTimer{"cpsms.ready"};
constexpr SavedText kPeriodicTau{"cpsms.tau", "00101100"};    // 12 h
constexpr SavedText kActiveTime{"cpsms.active", "00001010"};  // 20 s

struct EdrxKeys {
  SavedNumber is_on;
  SavedText cycle;
};
constexpr SavedNumber kEdrxAnnounced{"cedrxs.announced", 0};
constexpr EdrxKeys kEmtcKeys{{"cedrxs.4.on", 0}, {"cedrxs.4.cycle", "0001"}};
constexpr EdrxKeys kNbIotKeys{{"cedrxs.5.on", 0}, {"cedrxs.5.cycle", "0001"}};

const EdrxKeys& keys_of(EdrxType type) {
  return type == EdrxType::kEmtc ? kEmtcKeys : kNbIotKeys;
}

std::string first_of(const std::string& granted, const std::string& requested) {
  return granted.empty() ? requested : granted;
}

// 24.008 §10.5.7.4, §10.5.7.4a: three bits of unit, five of value.
struct TimerBits {
  std::size_t unit;
  long value;
};
TimerBits split_timer(std::string_view bits) {
  const auto octet = std::strtol(std::string(bits).c_str(), nullptr, 2);
  return {static_cast<std::size_t>((octet >> 5) & 0x07), octet & 0x1F};
}

constexpr long kDeactivated = 0;
// 24.008 table 10.5.163a: GPRS timer 3, seconds of a unit.
constexpr std::array<long, 8> kTauUnits{600, 3600, 36000, 2, 30, 60, 1'152'000, kDeactivated};
// 24.008 table 10.5.163: GPRS timer 2; units that are not defined count as one minute.
constexpr std::array<long, 8> kActiveUnits{2, 60, 360, 60, 60, 60, 60, kDeactivated};

std::optional<long> seconds_of(std::string_view bits, const std::array<long, 8>& units) {
  const auto timer = split_timer(bits);
  if (units[timer.unit] == kDeactivated) return std::nullopt;
  return units[timer.unit] * timer.value;
}

}  // namespace

PsmRequest load_psm(const SavedSettings& saved) {
  return {.is_on = saved.get(kPsmMode) == 1,
          .periodic_rau = saved.get(kPeriodicRau),
          .ready_timer = saved.get(kReadyTimer),
          .periodic_tau = saved.get(kPeriodicTau),
          .active_time = saved.get(kActiveTime)};
}

bool save_psm(SavedSettings& saved, const PsmRequest& request) {
  saved.set(kPsmMode, request.is_on ? 1 : 0);
  saved.set(kPeriodicRau, request.periodic_rau);
  saved.set(kReadyTimer, request.ready_timer);
  saved.set(kPeriodicTau, request.periodic_tau);
  saved.set(kActiveTime, request.active_time);
  return saved.save();
}

bool forget_psm(SavedSettings& saved) {
  saved.forget(kPsmMode.name);
  for (const auto& key : {kPeriodicRau, kReadyTimer, kPeriodicTau, kActiveTime}) {
    saved.forget(key.name);
  }
  return saved.save();
}

PsmTimers granted_timers(const RadioConfig& network, const SavedSettings& saved) {
  const auto request = load_psm(saved);
  if (!request.is_on) return {};
  return {first_of(network.granted_tau, request.periodic_tau),
          first_of(network.granted_active_time, request.active_time)};
}

std::optional<long> tau_seconds(std::string_view bits) {
  return seconds_of(bits, kTauUnits);
}

std::optional<long> active_time_seconds(std::string_view bits) {
  return seconds_of(bits, kActiveUnits);
}

std::optional<EdrxType> edrx_type(Technology technology) {
  switch (technology) {
    case Technology::kEmtc:
      return EdrxType::kEmtc;
    case Technology::kNbIot:
      return EdrxType::kNbIot;
    case Technology::kEgprs:
      break;
  }
  return std::nullopt;
}

EdrxRequest load_edrx(const SavedSettings& saved, EdrxType type) {
  const auto& keys = keys_of(type);
  return {saved.get(keys.is_on) == 1, saved.get(keys.cycle)};
}

void set_edrx(SavedSettings& saved, EdrxType type, const EdrxRequest& request) {
  const auto& keys = keys_of(type);
  saved.set(keys.is_on, request.is_on ? 1 : 0);
  saved.set(keys.cycle, request.cycle);
}

void forget_edrx(SavedSettings& saved) {
  saved.forget(kEdrxAnnounced.name);
  for (const auto& keys : {kEmtcKeys, kNbIotKeys}) {
    saved.forget(keys.is_on.name);
    saved.forget(keys.cycle.name);
  }
}

bool announces_edrx(const SavedSettings& saved) {
  return saved.get(kEdrxAnnounced) == 1;
}

void set_edrx_announced(SavedSettings& saved, bool is_announced) {
  saved.set(kEdrxAnnounced, is_announced ? 1 : 0);
}

std::optional<std::string> edrx_in_use(const RadioConfig& network, const SavedSettings& saved,
                                       Technology technology) {
  const auto type = edrx_type(technology);
  if (!type) return std::nullopt;
  const auto request = load_edrx(saved, *type);
  if (!request.is_on) return std::nullopt;
  return fmt::format("{},\"{}\",\"{}\",\"{}\"", static_cast<int>(*type), request.cycle,
                     first_of(network.granted_edrx, request.cycle), network.paging_window);
}

}  // namespace vmodem::firmware
