// The settings of AT+QCFG that other parts of the module act on (QCFG95 §2). TagSettings holds
// them.
#pragma once

#include "firmware/modem_config.h"
#include "firmware/radio/search.h"
#include "firmware/settings/tagged.h"

namespace vmodem::firmware {

inline constexpr std::string_view kQcfg = "+QCFG";

inline constexpr TagSetting kNetworkScanMode{kQcfg, "nwscanmode", "0"};   // 0 both, 1 GSM, 3 LTE
inline constexpr TagSetting kServiceDomain{kQcfg, "servicedomain", "2"};  // 1 PS, 2 CS and PS
inline constexpr TagSetting kNetworkScanSequence{kQcfg, "nwscanseq", "020301"};
inline constexpr TagSetting kIotOpMode{kQcfg, "iotopmode", "2"};  // 0 eMTC, 1 NB-IoT, 2 both
inline constexpr TagSetting kAirplaneControl{kQcfg, "airplanecontrol", "0,0"};
inline constexpr TagSetting kPsmEnter{kQcfg, "psm/enter", "0", TagSetting::Lifetime::kUntilReset};
inline constexpr TagSetting kPsmReport{kQcfg, "psm/urc", "0"};  // +QPSMTIMER
inline constexpr TagSetting kSimEffect{kQcfg, "simeffect", "1"};

// What one model's radio can do, in the digits of hex_mask.h.
struct BandPlan {
  std::string_view gsm_max;
  std::string_view emtc_max;
  std::string_view nb_iot_max;
  std::string_view initial;  // as AT+QCFG="band" reads it back
};

[[nodiscard]] const BandPlan& band_plan(const Identity& identity);
[[nodiscard]] TagSetting band_setting(const Identity& identity);

// What a boot brings into effect.
[[nodiscard]] SearchSettings load_search_settings(const TagSettings& tags,
                                                  const Identity& identity);

// QCFG95 §2: nwscanmode needs GSM beside LTE.
[[nodiscard]] bool has_gsm(const Identity& identity);
// The BG95-M1 is an eMTC module and has no search order and no LTE mode to choose.
[[nodiscard]] bool has_nb_iot(const Identity& identity);

}  // namespace vmodem::firmware
