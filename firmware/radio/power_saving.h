// PSM and eDRX: what the host asks of the network and what it gets (24.008 §10.5.5.32, §10.5.7.4;
// AT95 §6.7–6.13). The requests save themselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/radio/config.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

// Set by AT+QCFG="psm/urc".
inline constexpr SavedNumber kPsmUrc{"qcfg.psm/urc", 0};

// AT+CPSMS; timers are texts of 8 bits, empty where none is asked for.
struct PsmRequest {
  bool is_on = false;
  std::string periodic_rau;
  std::string ready_timer;
  std::string periodic_tau;
  std::string active_time;
};
[[nodiscard]] PsmRequest load_psm(const SavedSettings& saved);
// False where the store failed.
[[nodiscard]] bool save_psm(SavedSettings& saved, const PsmRequest& request);
[[nodiscard]] bool forget_psm(SavedSettings& saved);

// Texts of 8 bits, empty where the network grants none: without PSM.
struct PsmTimers {
  std::string periodic_tau;
  std::string active_time;
};
[[nodiscard]] PsmTimers granted_timers(const RadioConfig& network, const SavedSettings& saved);
// Absent where the bits say that the timer is deactivated.
[[nodiscard]] std::optional<long> tau_seconds(std::string_view bits);
[[nodiscard]] std::optional<long> active_time_seconds(std::string_view bits);

// <AcT-type> of AT+CEDRXS.
enum class EdrxType : int { kEmtc = 4, kNbIot = 5 };
[[nodiscard]] std::optional<EdrxType> edrx_type(Technology technology);

struct EdrxRequest {
  bool is_on = false;
  std::string cycle;  // 4 bits
};
[[nodiscard]] EdrxRequest load_edrx(const SavedSettings& saved, EdrxType type);
void set_edrx(SavedSettings& saved, EdrxType type, const EdrxRequest& request);
void forget_edrx(SavedSettings& saved);
// Whether the network's values are announced by +CEDRXP: AT+CEDRXS mode 2.
[[nodiscard]] bool announces_edrx(const SavedSettings& saved);
void set_edrx_announced(SavedSettings& saved, bool is_announced);

// "4,"0001","0001","0011"" for the eDRX in use on `technology`; absent where there is none.
[[nodiscard]] std::optional<std::string> edrx_in_use(const RadioConfig& network,
                                                     const SavedSettings& saved,
                                                     Technology technology);

// AT+QSCLK, volatile: 1, and the module sleeps while DTR is off.
struct SlowClock {
  int mode = 0;

  void reset() { mode = 0; }
};

}  // namespace vmodem::firmware
