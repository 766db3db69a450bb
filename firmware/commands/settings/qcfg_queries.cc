#include "firmware/commands/settings/qcfg_queries.h"

#include <fmt/format.h>

#include <algorithm>

#include "at_engine/text.h"
#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/commands/settings/tagged.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {

namespace {

struct EmmCause {
  int number;
  std::string_view words;
};
// 24.301 §9.9.3.9; what the module calls them is written nowhere.
constexpr EmmCause kEmmCauses[] = {
    {2, "IMSI unknown in HSS"},
    {3, "Illegal UE"},
    {6, "Illegal ME"},
    {7, "EPS services not allowed"},
    {8, "EPS services and non-EPS services not allowed"},
    {11, "PLMN not allowed"},
    {12, "Tracking area not allowed"},
    {13, "Roaming not allowed in this tracking area"},
    {14, "EPS services not allowed in this PLMN"},
    {15, "No suitable cells in tracking area"},
    {17, "Network failure"},
    {22, "Congestion"},
    {25, "Not authorized for this CSG"},
    {35, "Requested service option not authorized in this PLMN"},
};

std::string cause_text(int cause, CauseFormat format) {
  const auto* known = std::ranges::find(kEmmCauses, cause, &EmmCause::number);
  const bool is_told_in_words = format == CauseFormat::kWords && known != std::end(kEmmCauses);
  return is_told_in_words ? fmt::format("\"{}\"", known->words) : fmt::format("{}", cause);
}

// QCFG95 §3.1.2.14.
int off_pin(const Identity& identity) {
  constexpr int kOfBg95 = 25;
  constexpr int kOfBg77 = 63;
  constexpr int kOfBg600l = 11;
  if (at::equals_ignoring_case(identity.model, "BG77")) return kOfBg77;
  return at::equals_ignoring_case(identity.model, "BG600L-M3") ? kOfBg600l : kOfBg95;
}

}  // namespace

Outcome show_timer(Services&, Instant, const Arguments&) {
  // LOG-M3: the answer does not repeat the tag. T3402 is 720 s (24.301 §10.2).
  return at::ok("+QCFG: 720");
}

// Coverage enhancement level 0: the normal one.
Outcome show_coverage_level(Services&, Instant, const Arguments&) {
  return at::ok("+QCFG: \"celevel\",0");
}

Outcome show_emm_cause(Services& services, Instant, const Arguments& args) {
  const auto cause = services.radio.view(Domain::kEps).reject_cause;
  return at::ok(
      fmt::format("+QCFG: \"emmcause\",{}", cause_text(cause, args.get(kCauseFormat))));
}

// One LTE cell is like the other here: minimum level −140 dBm and quality −34 dB, DRX 1.28 s.
Outcome show_cell_information(Services& services, Instant, const Arguments&) {
  const auto* network = services.radio.serving();
  if (network == nullptr || network->technology == Technology::kEgprs) {
    return at::error(at::cme::kNoNetworkService);
  }
  return at::ok(
      fmt::format("+QCFG: \"sibinfo\",{},1,140,34,62,4,0,8,1280", network->cell.channel));
}

// 24.301 §10.2: T3402 is 12 minutes, T3412 54.
Outcome show_emm_timers(Services&, Instant, const Arguments&) {
  return at::ok("+QCFG: \"emmtimer\",720,3240");
}

Outcome configure_fast_off(Services& services, Instant, const Arguments& args) {
  const auto pin = off_pin(services.config.identity);
  const auto initial = fmt::format("{},0", pin);
  const TagSetting setting{kQcfg, "fast/poweroff", initial};
  if (args.are_empty()) return show_setting(services, setting);
  const bool is_complete = args.has(kOffPin) && args.has(kOffSwitch);
  if (!is_complete || args.get(kOffPin) != pin) return at::error();
  const auto values = fmt::format("{},{}", pin, args.get(kOffSwitch));
  return services.tags.set(setting, values) ? at::ok() : at::error();
}

}  // namespace vmodem::firmware
