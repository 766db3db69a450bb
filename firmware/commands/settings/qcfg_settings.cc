#include "firmware/commands/settings/qcfg_settings.h"

#include <algorithm>
#include <array>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr std::array<std::string_view, 3> kGsmModels{"BG95-M3", "BG95-M5", "BG600L-M3"};

// The masks of a BG95-M3 and what it reads back (LOG-M3).
constexpr BandPlan kPlan{"f", "100002000000000f0e189f", "10004200000000090e189f",
                         "0xf,0x100002000000000f0e189f,0x100042000000000000081a"};
// Models without GSM read its mask as 0x0, as a BG77 does.
constexpr BandPlan kPlanWithoutGsm{"f", "100002000000000f0e189f", "10004200000000090e189f",
                                   "0x0,0x100002000000000f0e189f,0x100042000000000000081a"};
constexpr BandPlan kPlanOfM4{"f", "100182000000004f0e189f", "10018200000000490e189f",
                             "0x0,0x100182000000004f0e189f,0x10018200000000490e189f"};

bool is_model(const Identity& identity, std::string_view model) {
  return at::equals_ignoring_case(identity.model, model);
}

}  // namespace

const BandPlan& band_plan(const Identity& identity) {
  if (has_gsm(identity)) return kPlan;
  return is_model(identity, "BG95-M4") ? kPlanOfM4 : kPlanWithoutGsm;
}

TagSetting band_setting(const Identity& identity) {
  return {kQcfg, "band", band_plan(identity).initial};
}

SearchSettings load_search_settings(const TagSettings& tags, const Identity& identity) {
  return {.scan_mode = tags.get(kNetworkScanMode),
          .sequence = tags.get(kNetworkScanSequence),
          .lte_mode = tags.get(kIotOpMode),
          .bands = tags.get(band_setting(identity))};
}

bool has_gsm(const Identity& identity) {
  return std::ranges::any_of(kGsmModels,
                             [&](std::string_view model) { return is_model(identity, model); });
}

bool has_nb_iot(const Identity& identity) {
  return !is_model(identity, "BG95-M1");
}

}  // namespace vmodem::firmware
